import { createMockDirectory } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type CoderFleetApi,
  type RegisterRequest,
  render,
  renderMany,
  toDeployments,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { stringify } from 'yaml';
import { specOf } from './__testUtils__/deployments';
import { FakeAzureDevOps } from './__testUtils__/FakeAzureDevOps';
import {
  type GitHostCall,
  gitHostStandIns,
} from './__testUtils__/gitHostActions';
import { mayGrant } from './__testUtils__/mayGrant';
import { runTemplate } from './__testUtils__/scaffolder';
import {
  INTEGRATIONS,
  type StandInPush,
  standInRemote,
} from './__testUtils__/standInRemote';
import { formErrors, listTemplate, template } from './__testUtils__/template';
import {
  createPublishAzurePullRequestAction,
  createPublishBranchAction,
  createPublishGitAction,
  createRegisterAction,
  createRenderListAction,
} from './actions';

/** An address at any of the hosts. */
const A_PULL_REQUEST = expect.stringContaining('/fleet/');

jest.setTimeout(60_000);

const store = createMockDirectory();
const work = createMockDirectory();

beforeEach(() => {
  store.clear();
  work.clear();
});

const NAMES = ['north', 'south', 'west'];
const LIST = {
  defaults: specOf(),
  deployments: NAMES.map((name, index) => ({
    name,
    spec: {
      displayName: 'Customer: ${{ 7 * 7 }} # <b>',
      users: { expected: 200 + index },
      accessUrl: `https://${name}.example.com`,
    },
  })),
};
const DEPLOYMENTS = toDeployments(LIST);
const FORM = { list: stringify(LIST), publishTo: 'directory' };

/** All of them, on one branch. */
const A_PUSH = {
  branch: expect.stringMatching(/^coder-fleet\/list-[0-9a-f]{8}$/),
  paths: expect.arrayContaining(
    renderMany(DEPLOYMENTS).map(({ path }) => path),
  ),
};

function setup(
  checkRequest: CoderFleetApi['checkRequest'] | undefined = undefined,
) {
  const repositories = DeploymentRepositories.create({ directory: store.path });
  const registry = new Map<string, RegisterRequest>();
  const calls: GitHostCall[] = [];
  const pushes: StandInPush[] = [];
  const azure = new FakeAzureDevOps();
  const actions = [
    createRenderListAction({
      ...mayGrant,
      ...(checkRequest && { client: { checkRequest } }),
      repositories,
    }),
    createPublishGitAction({
      repositories,
      guard: {
        check: async ({ deployment }) => ({
          isRegisteredHere: registry.has(deployment.metadata.name),
        }),
      },
    }),
    createRegisterAction({
      client: {
        register: async (name, request) => {
          const created = !registry.has(name);
          registry.set(name, request);
          return { name, created, entityRef: `system:default/${name}` };
        },
      },
      auth: mayGrant.auth,
    }),
    createPublishBranchAction({
      integrations: INTEGRATIONS,
      connect: standInRemote({ pushes }),
      guard: mayGrant.guard,
    }),
    createPublishAzurePullRequestAction({
      integrations: INTEGRATIONS,
      authorization: async () => 'Basic none',
      fetch: azure.fetch,
    }),
    ...gitHostStandIns(calls),
  ] as unknown as TemplateAction[];
  const run = (answers: Record<string, unknown> = {}, isDryRun = false) =>
    runTemplate({
      template: listTemplate,
      parameters: { ...FORM, ...answers },
      actions,
      workingDirectory: work.path,
      isDryRun,
    });
  return { repositories, registry, calls, pushes, azure, run };
}

describe('template coder-deployments', () => {
  it('accepts a filled form, and the example that the form begins with', () => {
    expect(listTemplate.metadata.name).toBe('coder-deployments');
    expect(formErrors(FORM, listTemplate)).toEqual([]);
    expect(formErrors({}, listTemplate)).not.toEqual([]);
  });

  it('asks where files go as the template for one deployment does', () => {
    const publishing = (name: string, { spec }: typeof template) => {
      const page = spec.parameters.find(({ properties }) => properties[name])!;
      return [page.properties[name], page.dependencies?.[name]];
    };
    expect(publishing('publishTo', listTemplate)).toEqual(
      publishing('publishTo', template),
    );
  });

  it('renders, commits and registers each deployment in a repository of its own', async () => {
    const { repositories, registry, calls, run } = setup();
    const { log, output } = await run();
    expect(await repositories.list()).toEqual(NAMES);
    for (const deployment of DEPLOYMENTS) {
      const { name } = deployment.metadata;
      for (const { path, content } of render(deployment)) {
        expect((await repositories.file(name, path)).text).toBe(content);
      }
      expect(registry.get(name)).toEqual({
        deployment,
        repository: {
          type: 'directory',
          location: name,
          commit: await repositories.head(name),
        },
      });
    }
    expect(registry.size).toBe(3);
    expect(calls).toEqual([]);
    expect(output.links).toEqual([
      { title: 'Fleet', icon: 'dashboard', url: '/coder-fleet' },
    ]);
    expect(output.text).toEqual([
      {
        title: 'Deployments',
        default: true,
        content: expect.stringContaining('| south | retail | 1k | 201 |'),
      },
    ]);
    expect(log.join('\n')).toContain('Wrote 3 deployments');
  });

  it('leaves each deployment with one commit when it runs twice, and commits what changed', async () => {
    const { repositories, registry, run } = setup();
    await run();
    await run();
    expect(registry.size).toBe(3);
    const commits = async () =>
      Promise.all(
        NAMES.map(async name => (await repositories.history(name)).length),
      );
    expect(await commits()).toEqual([1, 1, 1]);
    const changed = structuredClone(LIST);
    changed.deployments[1].spec.users.expected = 900;
    await run({ list: stringify(changed) });
    expect(await commits()).toEqual([1, 2, 1]);
  });

  it.each([
    [
      'a row that is wrong',
      {
        deployments: [LIST.deployments[0], { name: 'x', spec: { edition: 1 } }],
      },
      /Row 2 \(x\), spec\.edition: /,
    ],
    [
      'two of one name',
      { deployments: [LIST.deployments[0], LIST.deployments[0]] },
      /Row 2 \(north\)/,
    ],
  ])('leaves nothing behind for %s', async (_, wrong, message) => {
    const { repositories, registry, run } = setup();
    await expect(
      run({ list: stringify({ ...LIST, ...wrong }) }),
    ).rejects.toThrow(message);
    expect(await repositories.list()).toEqual([]);
    expect(registry.size).toBe(0);
  });

  it('leaves nothing behind when one deployment may not be asked for', async () => {
    const { repositories, registry, run } = setup(async ({ metadata }) => {
      if (metadata.name === 'west') {
        throw new InputError('retail has 2 deployments, and may have 2');
      }
      return { decision: 'clear', findings: [], blocking: [] };
    });
    await expect(run()).rejects.toThrow(/west: .*may have 2/);
    expect(await repositories.list()).toEqual([]);
    expect(registry.size).toBe(0);
  });

  it.each([
    {
      publishTo: 'github',
      publishAs: 'new',
      githubRepository: 'github.com?owner=example&repo=fleet',
      action: 'publish:github',
      location: 'https://github.com/example/fleet',
    },
    {
      publishTo: 'github',
      publishAs: 'pull-request',
      githubRepository: 'github.com?owner=example&repo=fleet',
      action: 'publish:github:pull-request',
      location: 'https://github.com/example/fleet',
    },
    {
      publishTo: 'gitlab',
      publishAs: 'new',
      gitlabRepository: 'gitlab.com?owner=example&repo=fleet',
      action: 'publish:gitlab',
      location: 'https://gitlab.com/example/fleet',
    },
    {
      publishTo: 'gitlab',
      publishAs: 'pull-request',
      gitlabRepository: 'gitlab.com?owner=example&repo=fleet',
      action: 'publish:gitlab:merge-request',
      location: 'https://gitlab.com/example/fleet',
    },
    {
      publishTo: 'azure',
      publishAs: 'pull-request',
      azureRepository: 'dev.azure.com?organization=o&project=p&repo=fleet',
      action: undefined,
      location: 'https://dev.azure.com/o/p/_git/fleet',
    },
    {
      publishTo: 'azure',
      publishAs: 'new',
      azureRepository: 'dev.azure.com?organization=o&project=p&repo=fleet',
      action: 'publish:azure',
      location: 'https://dev.azure.com/o/p/_git/fleet',
    },
    {
      publishTo: 'bitbucketCloud',
      publishAs: 'new',
      bitbucketCloudRepository:
        'bitbucket.org?workspace=w&project=P&repo=fleet',
      action: 'publish:bitbucketCloud',
      location: 'https://bitbucket.org/w/fleet',
    },
    {
      publishTo: 'bitbucketCloud',
      publishAs: 'pull-request',
      bitbucketCloudRepository:
        'bitbucket.org?workspace=w&project=P&repo=fleet',
      action: 'publish:bitbucketCloud:pull-request',
      location: 'https://bitbucket.org/w/fleet',
    },
  ])(
    'publishes all at once to $publishTo ($publishAs), and registers each from there',
    async ({ action, location, ...answers }) => {
      expect(formErrors({ ...FORM, ...answers }, listTemplate)).toEqual([]);
      const { repositories, registry, calls, pushes, azure, run } = setup();
      const { output } = await run(answers);
      expect(calls.map(call => [call.action, call.input.repoUrl])).toEqual(
        action ? [[action, Object.values(answers).at(-1)]] : [],
      );
      expect(azure.requests.map(({ method }) => method)).toEqual(
        action ? [] : ['GET', 'POST'],
      );
      expect(pushes).toEqual(
        answers.publishAs === 'pull-request' ? [{ location, ...A_PUSH }] : [],
      );
      expect(await repositories.list()).toEqual([]);
      expect([...registry]).toEqual(
        DEPLOYMENTS.map(deployment => [
          deployment.metadata.name,
          {
            deployment,
            repository: {
              type: 'url',
              location,
              // They start once that is merged
              ...(answers.publishAs === 'pull-request' && {
                pullRequest: A_PULL_REQUEST,
              }),
            },
          },
        ]),
      );
      expect(output.links?.at(-1)).toMatchObject({
        title: 'Repository',
        url: location,
      });
    },
  );

  it('commits and registers nothing in a dry run', async () => {
    const { repositories, registry, run } = setup();
    await run({}, true);
    expect(await repositories.list()).toEqual([]);
    expect(registry.size).toBe(0);
  });
});
