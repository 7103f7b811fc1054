import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type RegisterRequest,
  parseDeploymentFile,
  specOfForm,
  toDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { mayGrant } from './__testUtils__/mayGrant';
import { runTemplate } from './__testUtils__/scaffolder';
import { FORM, template } from './__testUtils__/template';
import {
  createPlanAction,
  createPublishGitAction,
  createRegisterAction,
  createRenderAction,
} from './actions';

jest.setTimeout(60_000);

const store = createMockDirectory();
const work = createMockDirectory();

beforeEach(() => {
  store.clear();
  work.clear();
});

function setup() {
  const repositories = DeploymentRepositories.create({ directory: store.path });
  const registry = new Map<string, RegisterRequest>();
  const client = {
    register: async (name: string, request: RegisterRequest) => {
      const created = !registry.has(name);
      registry.set(name, request);
      return { name, created, entityRef: `system:default/${name}` };
    },
  };
  const auth = mockServices.auth();
  const actions = [
    createPlanAction({ repositories, ...mayGrant }),
    createRenderAction(),
    createPublishGitAction({
      repositories,
      guard: {
        check: async () => ({ isRegisteredHere: registry.has('aurora') }),
      },
    }),
    createRegisterAction({ client, auth }),
  ] as unknown as TemplateAction[];
  const run = (
    form: Record<string, unknown> = {},
    options: { isDryRun?: boolean } = {},
  ) =>
    runTemplate({
      template,
      parameters: { ...FORM, ...form },
      actions,
      workingDirectory: work.path,
      ...options,
    });
  const published = async () =>
    parseDeploymentFile(
      (await repositories.file('aurora', 'coder-deployment.yaml')).text!,
    );
  return { repositories, registry, run, published };
}

describe('template coder-deployment, run', () => {
  it.each<Record<string, unknown>>([
    {},
    { runningWorkspaces: 300, workspaceCpu: 2 },
    { concurrentBuilds: 20, workspaceMemory: 4 },
    { aiAgents: 5 },
    { aiAgents: 0, aiGateway: true },
    { wildcardUrl: '' },
    { databaseEncryption: true, databaseHighlyAvailable: false },
    { releaseBy: 'version', version: '2.36.5', channel: 'esr' },
    { edition: 'community', supportLinks: [] },
    {
      exposure: 'ingress',
      certificate: 'cert-manager',
      tlsIssuer: 'letsencrypt',
      databaseType: 'cloudnative-pg',
      databaseObjectStore: 's3://backups/aurora',
      backupDestination: 'rclone',
      backupRemote: 's3:backups/dumps',
      delivery: 'argo-cd',
      repositoryUrl: 'https://github.com/example/aurora',
      observability: 'prometheus-operator',
      registry: 'registry.example.com',
      furtherRegions: [
        {
          name: 'us-east',
          cluster: 'us-east-1',
          proxyAccessUrl: 'https://us.aurora.coder.localhost:7443',
        },
      ],
    },
  ])('asks with %j for what the form previews', async answers => {
    const { run, published } = setup();
    await run(answers);
    expect(await published()).toEqual(
      toDeployment({
        name: 'aurora',
        spec: specOfForm({ ...FORM, ...answers }),
      }),
    );
  });

  it('plans, renders, commits and registers what the form says', async () => {
    const { repositories, registry, run, published } = setup();
    const { log, output } = await run();
    const deployment = await published();
    expect(deployment.metadata.name).toBe('aurora');
    expect(deployment.spec).toEqual({
      displayName: 'Aurora',
      owner: 'group:default/team-retail',
      businessUnit: 'retail',
      edition: 'premium',
      users: { expected: 800, activeShare: 0.5 },
      regions: [{ name: 'eu-west', cluster: 'retail-eu-west' }],
      accessUrl: 'https://aurora.coder.localhost:7443',
      wildcardUrl: '*.aurora.coder.localhost',
      database: {
        type: 'external',
        connectionSecret: { name: 'coder-db-url', key: 'url' },
        highlyAvailable: true,
        version: 17,
      },
      backup: {
        schedule: '0 2 * * *',
        retentionDays: 30,
        drillSchedule: '0 5 * * 0',
        destination: { type: 'volume', size: '100Gi' },
      },
      release: { channel: 'stable' },
      supportLinks: [{ name: 'Docs', target: 'https://docs.example.com' }],
    });
    expect(registry.get('aurora')).toEqual({
      deployment,
      repository: {
        type: 'directory',
        location: 'aurora',
        commit: await repositories.head('aurora'),
      },
    });
    expect(output.links).toEqual([
      { title: 'Deployment', icon: 'dashboard', url: '/coder-fleet/aurora' },
      {
        title: 'Artifacts',
        icon: 'docs',
        url: '/coder-fleet/aurora/artifacts',
      },
      { title: 'Catalog', icon: 'catalog', entityRef: 'system:default/aurora' },
    ]);
    expect(output.text).toEqual([
      {
        title: 'Plan',
        default: true,
        content: expect.stringContaining('800 users in tier **1k**'),
      },
    ]);
    const text = log.join('\n');
    expect(text).toContain('Load of aurora: 800 users');
    expect(text).toContain('Rules checked: ');
    expect(text).toContain('  helm/control-plane/values.yaml (');
    expect(text).toContain('Committed ');
    expect(text).toContain('Registered aurora');
  });

  it('passes on what the form says of workspaces, AI and encryption', async () => {
    const { run, published } = setup();
    const { output } = await run({
      concurrentBuilds: 30,
      workspaceCpu: 2,
      aiAgents: 25,
      aiGateway: true,
      databaseEncryption: true,
    });
    const { spec } = await published();
    expect(spec.workspaces).toEqual({ concurrentBuilds: 30, cpu: 2 });
    expect(spec.ai).toEqual({ agents: 25, gateway: true });
    expect(spec.database.encryption).toMatchObject({ enabled: true });
    const [{ content }] = output.text as Array<{ content: string }>;
    expect(content).toMatch(/\| Running workspaces \| 425 \|/);
    expect(content).toMatch(/\| Concurrent builds \| 55 \|/);
    expect(content).toMatch(/\| AI gateway \| no validated figure \|/);
    expect(content).toMatch(/each replica \| 3 vCPU, 8 GiB \|/);
  });

  it('leaves one deployment and one commit when it runs twice', async () => {
    const { repositories, registry, run } = setup();
    await run();
    await run();
    expect(registry.size).toBe(1);
    expect(await repositories.history('aurora')).toHaveLength(1);
  });

  it.each([
    '${{ 7*7 }}',
    '{{ x }} {% raw %} {# c #}',
    'quotes " \' `id` $(id)',
    'a: b # c, - d',
    '{"json": [1]}',
    '12345',
    'no',
    '&a *b !!c | > %',
  ])('brings the text %j to Git as it was typed', async text => {
    const { run, published } = setup();
    await run({
      displayName: text,
      supportLinks: [
        { name: text, target: 'https://docs.example.com/?q={{x}}' },
      ],
    });
    const { spec } = await published();
    expect(spec.displayName).toBe(text);
    expect(spec.supportLinks).toEqual([
      { name: text, target: 'https://docs.example.com/?q={{x}}' },
    ]);
  });

  it('takes the version or the channel, whichever was chosen last', async () => {
    const { run, published } = setup();
    await run({ releaseBy: 'version', version: '2.29.0' });
    expect((await published()).spec.release).toEqual({ version: '2.29.0' });
    await run({ releaseBy: 'channel', version: '2.29.0' });
    expect((await published()).spec.release).toEqual({ channel: 'stable' });
  });

  it.each([{ wildcardUrl: undefined }, { wildcardUrl: '' }])(
    'takes %j for not given',
    async form => {
      const { run, published } = setup();
      await run({ ...form, supportLinks: undefined });
      expect((await published()).spec.wildcardUrl).toBeUndefined();
    },
  );

  it('leaves nothing behind when the request is wrong', async () => {
    const { repositories, registry, run } = setup();
    await expect(run({ backupSchedule: '0 2 30 2 *' })).rejects.toThrow(
      /spec\.backup\.schedule.*never fires/,
    );
    expect(await repositories.list()).toEqual([]);
    expect(registry.size).toBe(0);
  });

  it('commits and registers nothing in a dry run', async () => {
    const { repositories, registry, run } = setup();
    const { log, output } = await run({}, { isDryRun: true });
    expect(await repositories.list()).toEqual([]);
    expect(registry.size).toBe(0);
    expect(output.links).toHaveLength(3);
    expect(log.join('\n')).toContain('Dry run: nothing was committed');
  });
});
