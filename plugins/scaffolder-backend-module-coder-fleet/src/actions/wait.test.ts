import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { responseError } from '../__testUtils__/responseError';
import { runAction } from '../__testUtils__/runAction';
import { createWaitAction } from './wait';

const workspace = createMockDirectory();

const seen = (state: string, stateReason: string) =>
  ({
    state,
    stateReason,
    observedVersion: 'v2.36.5',
    findings: [
      {
        rule: 'CVA-DB-002',
        chapter: 'database',
        title: 'The database is near',
        severity: 'high',
        origin: 'cva',
        verdict: 'fail',
        message: 'latency: 40 ms, wanted: less than 10 ms',
        evidence: [],
      },
    ],
  }) as unknown as DeploymentDetail;

/** A tracker that sees one state after the other; each look takes a minute of its clock. */
function setup(states: DeploymentDetail[]) {
  let minutes = 0;
  const client = {
    getDeployment: jest.fn(async () => {
      const now = Math.min(minutes++, states.length - 1);
      return states[now];
    }),
  };
  const log: string[] = [];
  const run = (
    options: { input?: object; isDryRun?: boolean; signal?: AbortSignal } = {},
  ) =>
    runAction(
      createWaitAction({
        client,
        auth: mockServices.auth(),
        clock: () => new Date(minutes * 60_000),
        pollMs: 1,
      }),
      {
        workspacePath: workspace.path,
        log,
        ...options,
        input: { name: 'aurora', ...options.input },
      },
    );
  return { client, log, run };
}

describe('coder-fleet:wait', () => {
  it('waits until the tracker sees it healthy, and logs each change once', async () => {
    const { run, log } = setup([
      seen('provisioning', 'Never seen yet'),
      seen('provisioning', 'Never seen yet'),
      seen('degraded', '2 of 3 replicas'),
      seen('healthy', 'All is well'),
    ]);
    const { outputs } = await run();
    expect(outputs).toEqual({ state: 'healthy', version: 'v2.36.5' });
    expect(log).toEqual([
      'aurora is provisioning: Never seen yet',
      'aurora is degraded: 2 of 3 replicas',
      'aurora is healthy: All is well',
    ]);
  });

  it('ends with the last reason and findings when the time is over', async () => {
    const { run, log } = setup([seen('failing', 'The database is away')]);
    await expect(run({ input: { timeoutMinutes: 5 } })).rejects.toThrow(
      'aurora was not healthy within 5 minutes. aurora is failing: The database is away',
    );
    expect(log.join('\n')).toMatch(/CVA-DB-002.*/);
  });

  it('stops when the task is cancelled', async () => {
    const { run } = setup([seen('provisioning', 'Never seen yet')]);
    const controller = new AbortController();
    const waiting = run({ signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
  });

  it('says what the tracker said when it does not answer', async () => {
    const { run, client } = setup([]);
    client.getDeployment.mockRejectedValue(
      await responseError(404, {
        name: 'NotFoundError',
        message: 'No deployment "aurora" is registered',
      }),
    );
    await expect(run()).rejects.toThrow(
      /does not tell of aurora.*No deployment "aurora" is registered/,
    );
  });

  it('only tells in a dry run', async () => {
    const { run, client, log } = setup([]);
    expect((await run({ isDryRun: true })).outputs.state).toBe('healthy');
    expect(client.getDeployment).not.toHaveBeenCalled();
    expect(log).toEqual(['Dry run: it would wait until aurora is healthy']);
  });
});
