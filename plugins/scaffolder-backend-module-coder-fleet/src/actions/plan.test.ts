import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import {
  type CoderDeployment,
  type CoderFleetApi,
  type Finding,
  formOfSpec,
  plan as planOf,
  type PresentDeploymentApi,
  render,
  type RequestDecision,
  RULES,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { deploymentOf, specOf } from '../__testUtils__/deployments';
import { mayGrant, nothingRegistered } from '../__testUtils__/mayGrant';
import { runAction } from '../__testUtils__/runAction';
import { createPlanAction } from './plan';

const workspace = createMockDirectory();

/** A tracker with which one deployment is registered, whose files are as they were rendered. */
function trackerOf(deployment: CoderDeployment): PresentDeploymentApi {
  const artifacts = render(deployment);
  return {
    getDeployment: async () =>
      ({
        deployment,
        plan: planOf(deployment),
        repository: { type: 'directory', location: 'aurora' },
      }) as never,
    getArtifacts: async () => ({
      commit: 'abc',
      items: artifacts.map(({ path }) => ({
        path,
        size: 1,
        status: 'rendered' as const,
      })),
    }),
    getArtifactFile: async (_name, path) => ({
      path,
      commit: 'abc',
      size: 1,
      content: artifacts.find(artifact => artifact.path === path)?.content,
    }),
  };
}

function planAction(
  options: Partial<Parameters<typeof createPlanAction>[0]> & {
    decision?: RequestDecision;
    checkRequest?: CoderFleetApi['checkRequest'];
    /** What is registered, and committed as it was rendered. */
    present?: CoderDeployment;
  } = {},
) {
  const { decision = 'clear', checkRequest, present, ...rest } = options;
  return createPlanAction({
    ...mayGrant,
    auth: mockServices.auth(),
    client: {
      ...(present ? trackerOf(present) : nothingRegistered),
      checkRequest:
        checkRequest ??
        (async () => ({ decision, findings: [], blocking: [] })),
    },
    ...rest,
  });
}

function run(
  input: Record<string, unknown>,
  options: {
    action?: ReturnType<typeof createPlanAction>;
    log?: string[];
    isDryRun?: boolean;
  } = {},
) {
  return runAction(options.action ?? planAction(), {
    input: { name: 'aurora', spec: specOf(), ...input },
    workspacePath: workspace.path,
    log: options.log,
    isDryRun: options.isDryRun,
  });
}

const critical: Finding = {
  rule: 'CVA-DB-001',
  chapter: 'database',
  title: 'The database is external',
  severity: 'critical',
  origin: 'cva',
  verdict: 'fail',
  message: 'No connection URL is set',
  evidence: [],
};

describe('coder-fleet:plan', () => {
  it('logs the load, the tier, and every figure with where it came from', async () => {
    const { log } = await run({});
    expect(log[0]).toBe(
      'Load of aurora: 800 users, 400 running workspaces, 40 concurrent builds',
    );
    expect(log[1]).toMatch(/^Tier 1k: the smallest tier that carries/);
    const row = (label: string) => log.find(line => line.startsWith(label));
    expect(row('Control plane, replicas')).toMatch(
      /3 +CVA, reference architecture for 1k users/,
    );
    expect(row('Users')).toMatch(/800 +The request/);
    expect(row('Concurrent builds')).toMatch(/40 .*10 % of the running/);
    expect(row('Provisioners in eu-west, replicas')).toMatch(/60 /);
    expect(row('Database, vCPU')).toMatch(/8 .*others say: 2 \(/);
  });

  it('takes the answers of the form instead of a spec', async () => {
    const spec = specOf();
    const { outputs } = await runAction(planAction(), {
      workspacePath: workspace.path,
      input: {
        form: {
          name: 'aurora',
          displayName: spec.displayName,
          owner: spec.owner,
          businessUnit: spec.businessUnit,
          edition: 'premium',
          expectedUsers: 800,
          region: 'eu-west',
          cluster: 'eu-west-1',
          accessUrl: 'https://aurora.example.com',
          databaseSecretName: 'coder-db-url',
          databaseSecretKey: 'url',
          backupSchedule: '0 2 * * *',
          releaseBy: 'channel',
          channel: 'stable',
          // A field of the page, and no answer
          plan: null,
        },
      },
    });
    expect(outputs.deployment).toMatchObject({
      metadata: { name: 'aurora' },
      spec: { regions: [{ name: 'eu-west', cluster: 'eu-west-1' }] },
    });
    await expect(run({ form: { name: 'aurora' } })).rejects.toThrow(
      'Give either a form, or a name and a spec',
    );
  });

  it('lets backup jobs report to this portal, unless the request says where', async () => {
    const action = planAction({
      reportsBaseUrl: 'https://portal.example.com/api/coder-fleet',
    });
    expect((await run({}, { action })).outputs.deployment).toMatchObject({
      spec: {
        backup: {
          report: {
            url: 'https://portal.example.com/api/coder-fleet/deployments/aurora',
            tokenSecret: { name: 'coder-fleet-report-token', key: 'token' },
          },
        },
      },
    });
    const report = { url: 'https://other.example.com/reports' };
    const spec = specOf();
    const asked = await run(
      { spec: { ...spec, backup: { ...(spec.backup as object), report } } },
      { action },
    );
    expect(asked.outputs.deployment).toMatchObject({
      spec: { backup: { report } },
    });
  });

  it('plans by the tables that the portal takes', async () => {
    const action = planAction({ generation: 'legacy' });
    const { outputs } = await run({}, { action });
    expect(outputs.plan).toMatchObject({ cvaGeneration: 'legacy' });
  });

  it('logs the verdict of every rule', async () => {
    const { log, outputs } = await run({});
    for (const { id } of RULES) {
      expect(log.some(line => line.includes(` ${id} (`))).toBe(true);
    }
    expect(outputs.findings).toHaveLength(RULES.length);
    expect(log).toContainEqual(
      expect.stringMatching(/^Rules checked: \d+ pass/),
    );
  });

  it('logs in one message, which keeps the order of its lines', async () => {
    expect((await run({})).messages).toBe(1);
  });

  it('judges what would be rendered: nothing is unknown for a plain request', async () => {
    const { outputs } = await run({});
    const verdicts = (outputs.findings as Finding[]).map(f => f.verdict);
    expect(verdicts).toContain('pass');
    expect(verdicts).not.toContain('fail');
  });

  it('gives the checked deployment with its defaults, the plan and a summary', async () => {
    const { outputs } = await run({});
    expect(outputs.deployment).toMatchObject({
      kind: 'CoderDeployment',
      metadata: { name: 'aurora' },
      spec: { database: { connectionSecret: { name: 'coder-db-url' } } },
    });
    expect(outputs.plan).toMatchObject({
      tier: { value: '1k' },
      controlPlane: { replicas: { value: 3 } },
    });
    expect(outputs.summary).toMatch(
      /^\*\*Coder 2\.\d+\.\d+\*\* for 800 users in tier \*\*1k\*\*: 3 replicas in eu-west, external provisioners 60 in eu-west\./,
    );
    expect(JSON.parse(JSON.stringify(outputs))).toEqual(outputs);
  });

  it('keeps text of people out of the Markdown of the summary', async () => {
    const { outputs } = await run({
      spec: specOf({ displayName: '[click](https://evil.example.com)' }),
    });
    expect(outputs.summary).not.toContain('evil');
  });

  it('lets a community deployment pass, and names what it misses', async () => {
    const { log, outputs } = await run({
      spec: specOf({ edition: 'community', users: { expected: 120 } }),
    });
    expect(log).toContainEqual(expect.stringMatching(/^FAIL CVA-TOP-001/));
    expect(outputs.summary).toContain('1 replica in eu-west, built-in');
  });

  it('lists every field that is wrong', async () => {
    const attempt = run({
      name: 'Not A Label',
      spec: specOf({
        users: { expected: 20_000 },
        accessUrl: 'http://aurora.example.com/path',
        backup: { schedule: '0 2 30 2 *' },
      }),
    });
    await expect(attempt).rejects.toMatchObject({ name: 'InputError' });
    await expect(attempt).rejects.toThrow(/metadata\.name: .*DNS label/);
    await expect(attempt).rejects.toThrow(/spec\.users\.expected: .*10,000/);
    await expect(attempt).rejects.toThrow(/spec\.accessUrl: .*https/);
    await expect(attempt).rejects.toThrow(
      /spec\.backup\.schedule: .*never fires/,
    );
  });

  it.each<[RequestDecision, RegExp, string]>([
    [
      'waiver-requested',
      /Waiver requested: .*CVA-DB-001: No conn/,
      'NotAllowedError',
    ],
    [
      'refused',
      /no deviation can be accepted.*CVA-DB-001: No conn/,
      'InputError',
    ],
  ])(
    'stops at a rule that fails when the tracker says %s',
    async (decision, message, name) => {
      const action = planAction({
        decision,
        judge: () => ({ findings: [critical] }),
      });
      const attempt = run({}, { action });
      await expect(attempt).rejects.toThrow(message);
      await expect(attempt).rejects.toMatchObject({ name });
    },
  );

  it.each<[RequestDecision, RegExp]>([
    ['clear', /^These deviations are accepted: CVA-DB-001: No connection/],
    ['may-grant', /^You may accept deviations.*CVA-DB-001: No connection/],
  ])(
    'goes on when the tracker says %s, and says so',
    async (decision, message) => {
      const action = planAction({
        decision,
        judge: () => ({ findings: [critical] }),
      });
      const { log, outputs } = await run({}, { action });
      expect(outputs.findings).toEqual([critical]);
      expect(log).toContainEqual(expect.stringMatching(message));
    },
  );

  it('stops until somebody else has approved it, though no rule fails', async () => {
    const action = planAction({ decision: 'approval-requested' });
    const attempt = run({}, { action });
    await expect(attempt).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(attempt).rejects.toThrow(
      /^Approval requested: somebody else .* Once it is given, run this task again \(Start over\)\.$/,
    );
  });

  it('says of a request that waits for a waiver that it waits for an approval, too', async () => {
    const action = planAction({
      judge: () => ({ findings: [critical] }),
      checkRequest: async () => ({
        decision: 'waiver-requested',
        approval: { state: 'requested' },
        findings: [],
        blocking: [],
      }),
    });
    await expect(run({}, { action })).rejects.toThrow(
      /^Waiver requested: .*An approval is requested, too: .*Start over.*CVA-DB-001/,
    );
  });

  it('goes on with an approval, and says so', async () => {
    const action = planAction({
      checkRequest: async () => ({
        decision: 'clear',
        approval: {
          state: 'given',
          approvedBy: 'user:default/paula',
          comment: 'As planned',
        },
        findings: [],
        blocking: [],
      }),
    });
    expect((await run({}, { action })).log).toContain(
      'user:default/paula approved exactly this: As planned',
    );
  });

  it.each([
    ['portal', true],
    ['pull-request', false],
    [undefined, false],
  ] as const)(
    'tells in a dry run whether somebody has to approve it: %s',
    async (approval, told) => {
      const checkRequest = jest.fn();
      const action = planAction({
        checkRequest,
        policies: [{ businessUnit: '*', approval }],
      });
      const { log } = await run({}, { action, isDryRun: true });
      expect(checkRequest).not.toHaveBeenCalled();
      expect(
        log.some(line => /^Dry run: somebody else would have to/.test(line)),
      ).toBe(told);
    },
  );

  it('stops at what the tracker does not take from the unit, though no rule fails', async () => {
    const checkRequest = jest.fn(async () => {
      throw new InputError('spec.regions.0.name: The region us is not open');
    });
    await expect(
      run({}, { action: planAction({ checkRequest }) }),
    ).rejects.toThrow(/did not check aurora.*The region us is not open/);
  });

  it('does not ask the tracker in a dry run', async () => {
    const checkRequest = jest.fn();
    const action = planAction({
      checkRequest,
      judge: () => ({ findings: [critical] }),
    });
    const { log } = await run({}, { action, isDryRun: true });
    expect(checkRequest).not.toHaveBeenCalled();
    expect(log).toContainEqual(expect.stringMatching(/^Dry run: a waiver/));
  });

  it('asks the tracker in the name of who runs the template', async () => {
    const checkRequest = jest.fn(async () => ({
      decision: 'clear' as const,
      findings: [],
      blocking: [],
    }));
    const action = planAction({
      checkRequest,
      judge: () => ({ findings: [critical] }),
    });
    await run({}, { action });
    expect(checkRequest).toHaveBeenCalledWith(
      expect.objectContaining({ metadata: { name: 'aurora' } }),
      expect.objectContaining({ token: expect.any(String) }),
    );
  });

  it('shows what would change of what is registered', async () => {
    const action = planAction({ present: deploymentOf() });
    const { log } = await run(
      { spec: specOf({ users: { expected: 1500 } }) },
      { action },
    );
    const changes = log.slice(log.indexOf('Changes to what is registered'));
    expect(changes).toContainEqual(expect.stringMatching(/^Users +800 +1500$/));
    expect(changes).toContain(
      'Fields that change: spec.users.activeShare, spec.users.expected',
    );
    expect(changes).toContain('  ~ coder-deployment.yaml (+2 -2)');
    expect((await run({})).log).not.toContain('Changes to what is registered');
  });

  it('keeps what the form has no question for, and says so', async () => {
    const present = deploymentOf({
      costCentre: '4711',
      workspaces: { nodeShape: { cpu: 64, memoryGiB: 256 } },
    } as never);
    const { form } = formOfSpec('aurora', present.spec);
    const change = { ...form, expectedUsers: 900 };
    const { log, outputs } = await runAction(planAction({ present }), {
      workspacePath: workspace.path,
      input: { form: change },
    });
    expect(outputs.deployment).toEqual({
      ...present,
      spec: { ...present.spec, users: { expected: 900, activeShare: 0.5 } },
    });
    expect(log).toContain(
      'Kept from the present spec: spec.costCentre, spec.workspaces.nodeShape.cpu, spec.workspaces.nodeShape.memoryGiB',
    );
    // A spec says all there is
    const whole = await run({}, { action: planAction({ present }) });
    expect(whole.outputs.deployment).toEqual(deploymentOf());
    expect(whole.log).not.toContainEqual(expect.stringMatching(/^Kept/));
  });

  it('stops when it cannot be known what would be kept', async () => {
    const client = {
      ...nothingRegistered,
      getDeployment: async () => {
        throw new Error('no answer');
      },
      checkRequest: jest.fn(),
    };
    await expect(run({}, { action: planAction({ client }) })).rejects.toThrow(
      /Deployment aurora could not be looked up.*no answer/,
    );
  });

  it('says what it is based on: the commit of the repository, or none', async () => {
    const repositories = DeploymentRepositories.create({
      directory: workspace.path,
    });
    const action = planAction({ repositories });
    expect((await run({}, { action })).outputs.basedOn).toBe('none');
    const { commit } = await repositories.publish({
      name: 'aurora',
      files: new Map([['README.md', '# Aurora']]),
      message: 'A change',
      author: { name: 'Ann', email: 'ann@example.com' },
      now: new Date('2026-03-01T12:00:00.000Z'),
    });
    expect((await run({}, { action })).outputs.basedOn).toBe(commit);
    expect((await run({})).outputs).not.toHaveProperty('basedOn');
  });
});
