import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  type Finding,
  RULES,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { specOf } from '../__testUtils__/deployments';
import { runAction } from '../__testUtils__/runAction';
import { createPlanAction } from './plan';

const workspace = createMockDirectory();

function run(
  input: Record<string, unknown>,
  options: {
    action?: ReturnType<typeof createPlanAction>;
    log?: string[];
  } = {},
) {
  return runAction(options.action ?? createPlanAction(), {
    input: { name: 'aurora', spec: specOf(), ...input },
    workspacePath: workspace.path,
    log: options.log,
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

  it('stops at a critical rule that fails, and says which', async () => {
    const action = createPlanAction({
      judge: () => ({ findings: [critical] }),
    });
    await expect(run({}, { action })).rejects.toThrow(
      'Critical rules fail: CVA-DB-001: No connection URL is set. Change the request, or set acceptFindings to go on',
    );
  });

  it('goes on when that is accepted, and says so', async () => {
    const action = createPlanAction({
      judge: () => ({ findings: [critical] }),
    });
    const { log, outputs } = await run({ acceptFindings: true }, { action });
    expect(outputs.findings).toEqual([critical]);
    expect(log).toContain(
      'Accepted although critical rules fail: CVA-DB-001: No connection URL is set',
    );
  });

  it('says what it is based on: the commit of the repository, or none', async () => {
    const repositories = DeploymentRepositories.create({
      directory: workspace.path,
    });
    const action = createPlanAction({ repositories });
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
