import { createMockDirectory } from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  createLock,
  plan,
  type RegisterRequest,
  render,
  specOfForm,
  toDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { FakeAzureDevOps } from './__testUtils__/FakeAzureDevOps';
import {
  type GitHostCall,
  gitHostStandIns,
} from './__testUtils__/gitHostActions';
import { mayGrant } from './__testUtils__/mayGrant';
import { filesOf, lockWith } from './__testUtils__/renderedFiles';
import { runTemplate } from './__testUtils__/scaffolder';
import {
  INTEGRATIONS,
  type StandInPush,
  standInRemote,
} from './__testUtils__/standInRemote';
import { FORM, formErrors, template } from './__testUtils__/template';
import {
  createPlanAction,
  createPublishAzurePullRequestAction,
  createPublishBranchAction,
  createPublishGitAction,
  createRegisterAction,
  createRenderAction,
} from './actions';
import { planSummary } from './report/planSummary';

jest.setTimeout(60_000);

const store = createMockDirectory();
const work = createMockDirectory();

beforeEach(() => {
  store.clear();
  work.clear();
});

const DEPLOYMENT = toDeployment({ name: 'aurora', spec: specOfForm(FORM) });
const RENDERED = filesOf(DEPLOYMENT);
const SUMMARY = planSummary(plan(DEPLOYMENT));
const BRANCH = `coder-fleet/aurora-${createLock(render(DEPLOYMENT)).specHash.slice(0, 8)}`;

const GITHUB = 'github.com?owner=example&repo=fleet';
const GITLAB = 'gitlab.com?owner=example%2Fplatform&repo=fleet';
const AZURE = 'dev.azure.com?organization=example&project=Platform&repo=fleet';
const BITBUCKET = 'bitbucket.org?workspace=example&project=PLAT&repo=fleet';

/** What somebody answers who changed their mind more than once. */
const OTHER_ANSWERS = {
  githubRepository: 'github.com?owner=other&repo=other',
  gitlabRepository: 'gitlab.com?owner=other&repo=other',
  azureRepository: 'dev.azure.com?organization=o&project=o&repo=other',
  bitbucketCloudRepository: 'bitbucket.org?workspace=o&project=O&repo=other',
};

const NEW = {
  defaultBranch: 'main',
  gitCommitMessage: 'Request Coder deployment aurora',
};
const PROPOSED = {
  title: 'Request Coder deployment aurora',
  description: SUMMARY,
};

type Case = {
  answers: Record<string, string>;
  /** Of an action that Backstage has. */
  call?: GitHostCall;
  location: string;
  pullRequest?: string;
};

const CASES: Case[] = [
  {
    answers: {
      publishTo: 'github',
      publishAs: 'new',
      githubRepository: GITHUB,
    },
    call: {
      action: 'publish:github',
      input: {
        ...NEW,
        repoUrl: GITHUB,
        description: 'Coder deployment aurora',
        repoVisibility: 'private',
      },
    },
    location: 'https://github.com/example/fleet',
  },
  {
    answers: {
      publishTo: 'github',
      publishAs: 'pull-request',
      githubRepository: GITHUB,
    },
    call: {
      action: 'publish:github:pull-request',
      input: {
        ...PROPOSED,
        repoUrl: GITHUB,
        branchName: BRANCH,
        filesToDelete: [],
        update: true,
      },
    },
    location: 'https://github.com/example/fleet',
    pullRequest: 'https://github.com/example/fleet/pull/7',
  },
  {
    answers: {
      publishTo: 'gitlab',
      publishAs: 'new',
      gitlabRepository: GITLAB,
    },
    call: {
      action: 'publish:gitlab',
      input: { ...NEW, repoUrl: GITLAB, repoVisibility: 'private' },
    },
    location: 'https://gitlab.com/example/platform/fleet',
  },
  {
    answers: {
      publishTo: 'gitlab',
      publishAs: 'pull-request',
      gitlabRepository: GITLAB,
    },
    call: {
      action: 'publish:gitlab:merge-request',
      input: {
        ...PROPOSED,
        repoUrl: GITLAB,
        branchName: BRANCH,
        commitAction: 'skip',
      },
    },
    location: 'https://gitlab.com/example/platform/fleet',
    pullRequest: 'https://gitlab.com/example/fleet/-/merge_requests/7',
  },
  {
    answers: { publishTo: 'azure', publishAs: 'new', azureRepository: AZURE },
    call: { action: 'publish:azure', input: { ...NEW, repoUrl: AZURE } },
    location: 'https://dev.azure.com/example/Platform/_git/fleet',
  },
  {
    // The module of Azure DevOps has no action for it
    answers: {
      publishTo: 'azure',
      publishAs: 'pull-request',
      azureRepository: AZURE,
    },
    location: 'https://dev.azure.com/example/Platform/_git/fleet',
    pullRequest:
      'https://dev.azure.com/example/Platform/_git/fleet/pullrequest/41',
  },
  {
    answers: {
      publishTo: 'bitbucketCloud',
      publishAs: 'new',
      bitbucketCloudRepository: BITBUCKET,
    },
    call: {
      action: 'publish:bitbucketCloud',
      input: {
        ...NEW,
        repoUrl: BITBUCKET,
        description: 'Coder deployment aurora',
        repoVisibility: 'private',
      },
    },
    location: 'https://bitbucket.org/example/fleet',
  },
  {
    answers: {
      publishTo: 'bitbucketCloud',
      publishAs: 'pull-request',
      bitbucketCloudRepository: BITBUCKET,
    },
    call: {
      action: 'publish:bitbucketCloud:pull-request',
      input: { ...PROPOSED, repoUrl: BITBUCKET, sourceBranch: BRANCH },
    },
    location: 'https://bitbucket.org/example/fleet',
    pullRequest: 'https://bitbucket.org/example/fleet/pull-requests/7',
  },
];

function setup(
  options: {
    guard?: typeof mayGrant.guard;
    files?: Record<string, string>;
  } = {},
) {
  const { guard = mayGrant.guard, files } = options;
  const pushes: StandInPush[] = [];
  const azure = new FakeAzureDevOps();
  const repositories = DeploymentRepositories.create({ directory: store.path });
  const registered: Array<{ name: string; request: RegisterRequest }> = [];
  const calls: GitHostCall[] = [];
  const actions = [
    createPlanAction({ ...mayGrant, repositories, guard }),
    createRenderAction(),
    createPublishGitAction({ repositories, guard: mayGrant.guard }),
    createRegisterAction({
      client: {
        register: async (name, request) => {
          registered.push({ name, request });
          return { name, created: true, entityRef: `system:default/${name}` };
        },
      },
      auth: mayGrant.auth,
    }),
    createPublishBranchAction({
      integrations: INTEGRATIONS,
      connect: standInRemote({ files, pushes }),
      guard,
    }),
    createPublishAzurePullRequestAction({
      integrations: INTEGRATIONS,
      authorization: async () => 'Basic none',
      fetch: azure.fetch,
    }),
    ...gitHostStandIns(calls),
  ] as unknown as TemplateAction[];
  const run = (answers: Record<string, unknown>, isDryRun = false) =>
    runTemplate({
      template,
      parameters: { ...FORM, ...answers },
      actions,
      workingDirectory: work.path,
      isDryRun,
    });
  return { repositories, registered, calls, pushes, azure, run };
}

describe('template coder-deployment, hosts of files', () => {
  it.each(CASES)(
    'publishes to $answers.publishTo ($answers.publishAs) alone, and registers the address',
    async ({ answers, call, location, pullRequest }) => {
      expect(formErrors({ ...FORM, ...answers })).toEqual([]);
      const { repositories, registered, calls, pushes, azure, run } = setup();
      const { output } = await run({ ...OTHER_ANSWERS, ...answers });
      expect(calls).toEqual(call ? [call] : []);
      expect(pushes.map(push => [push.location, push.branch])).toEqual(
        pullRequest ? [[location, BRANCH]] : [],
      );
      expect(azure.requests.at(-1)?.body).toEqual(
        call
          ? undefined
          : {
              ...PROPOSED,
              sourceRefName: `refs/heads/${BRANCH}`,
              targetRefName: 'refs/heads/main',
            },
      );
      expect(await repositories.list()).toEqual([]);
      expect(registered).toEqual([
        {
          name: 'aurora',
          request: {
            deployment: DEPLOYMENT,
            // It starts once that is merged
            repository: {
              type: 'url',
              location,
              ...(pullRequest && { pullRequest }),
            },
          },
        },
      ]);
      expect(output.links?.map(({ title, url }) => [title, url])).toEqual([
        ['Deployment', '/coder-fleet/aurora'],
        ...(pullRequest ? [['Pull request', pullRequest]] : []),
        ['Repository', location],
        ['Catalog', undefined],
      ]);
    },
  );

  it.each([{}, { publishTo: 'directory' }])(
    'keeps the files in the portal with %j, whatever was answered of hosts',
    async answers => {
      const { repositories, registered, calls, pushes, run } = setup();
      await run({ ...OTHER_ANSWERS, publishAs: 'pull-request', ...answers });
      expect(calls).toEqual([]);
      expect(pushes).toEqual([]);
      expect(await repositories.list()).toEqual(['aurora']);
      expect(registered[0].request.repository).toMatchObject({
        type: 'directory',
        location: 'aurora',
      });
    },
  );

  const PROPOSALS = CASES.filter(({ pullRequest }) => pullRequest);

  it.each(PROPOSALS)(
    'tells whoever merges it at $answers.publishTo which files go and what is undone',
    async ({ answers, call }) => {
      const { calls, azure, run } = setup({
        files: {
          ...RENDERED,
          'helm/old.yaml': 'old: 1\n',
          'README.md': 'Mine\n',
          '.coder-fleet/lock.json': lockWith(RENDERED, {
            'helm/old.yaml': 'old: 1\n',
          }),
        },
      });
      await run(answers);
      const { description, ...input } = (
        call ? calls[0].input : azure.requests[1].body
      ) as Record<string, unknown>;
      expect(description).toMatch(/^\*\*Edited by hand\.\*\* /);
      expect(description).toContain('- `README.md` was edited by hand');
      expect(description).toContain('- `helm/old.yaml`');
      expect(`${description}`.endsWith(`\n\n${SUMMARY}`)).toBe(true);
      // Of the actions of hosts it alone pushes files
      expect(input.filesToDelete).toEqual(
        answers.publishTo === 'github' ? ['helm/old.yaml'] : undefined,
      );
    },
  );

  it.each(PROPOSALS)(
    'opens nothing at $answers.publishTo where the repository holds exactly this, and registers that it does',
    async ({ answers, location }) => {
      const { registered, calls, pushes, azure, run } = setup({
        files: RENDERED,
      });
      const { output } = await run(answers);
      expect(calls).toEqual([]);
      expect(pushes).toEqual([]);
      expect(azure.requests).toEqual([]);
      expect(registered).toEqual([
        {
          name: 'aurora',
          request: {
            deployment: DEPLOYMENT,
            repository: { type: 'url', location },
          },
        },
      ]);
      expect(output.links?.map(({ title }) => title)).toEqual([
        'Deployment',
        'Repository',
        'Catalog',
      ]);
    },
  );

  it('publishes nothing that could not be registered', async () => {
    const check = jest.fn(async () => {
      throw new Error('The name aurora is taken');
    });
    const { registered, calls, run } = setup({ guard: { check } });
    await expect(run(CASES[0].answers)).rejects.toThrow('is taken');
    expect(check).toHaveBeenCalledWith(
      expect.objectContaining({
        deployment: DEPLOYMENT,
        repository: { type: 'url', location: CASES[0].location },
      }),
    );
    expect(calls).toEqual([]);
    expect(registered).toEqual([]);
  });

  it('publishes and registers nothing in a dry run', async () => {
    const { registered, calls, run } = setup();
    await run(CASES[1].answers, true);
    expect(calls).toEqual([]);
    expect(registered).toEqual([]);
  });
});
