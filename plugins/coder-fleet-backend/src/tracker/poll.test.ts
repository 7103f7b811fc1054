import type { FactKey } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { FakeCoder, healthReport } from '../__testUtils__/FakeCoder';
import { TestClock } from '../__testUtils__/TestClock';
import type { ClaimedDeployment, PollResult } from '../store/TrackingStore';
import { intervalsOf } from './collectors';
import { Limiter } from './Limiter';
import { poll } from './poll';

const CYCLE = 10_000;

/** A deployment that is polled again and again, each poll knowing what the last one found. */
function setup(options: { healthMs?: number } = {}) {
  const coder = new FakeCoder();
  const time = new TestClock();
  const intervals = intervalsOf({
    cycleMs: CYCLE,
    healthMs: options.healthMs ?? CYCLE,
  });
  const limiter = new Limiter(400);
  let deployment: ClaimedDeployment = {
    name: 'alpha',
    claim: 'replica-1/1',
    accessUrl: 'https://alpha.coder.example.com',
    plannedReplicas: 3,
    registeredAt: time.now,
    state: 'provisioning',
    facts: {},
  };
  const look = async (force = false): Promise<PollResult> => {
    coder.calls.splice(0);
    const result = await poll(deployment, {
      api: coder,
      intervals,
      limiter,
      clock: time.clock,
      force,
    });
    const facts = Object.fromEntries(
      result.facts.map(({ key, fact }) => [key, fact]),
    );
    deployment = { ...deployment, facts: { ...deployment.facts, ...facts } };
    return result;
  };
  const known = () => deployment.facts;
  return { coder, time, look, known };
}

const changedKeys = (result: PollResult): FactKey[] =>
  result.facts.filter(({ changed }) => changed).map(({ key }) => key);

describe('poll', () => {
  it('asks everything of a deployment that answers for the first time', async () => {
    const { coder, look, time } = setup();
    const result = await look();
    expect(coder.calls).toEqual([
      'buildinfo',
      'health',
      'replicas',
      'entitlements',
      'appearance',
    ]);
    expect(result).toMatchObject({
      verdict: { current: { state: 'healthy' } },
      observedVersion: '2.33.2',
      lastSeen: time.now,
    });
    expect(changedKeys(result)).toEqual([
      'reachability',
      'health',
      'replicas',
      'entitlements',
      'supportLinks',
    ]);
  });

  it('asks no more of one that does not answer, keeps what it knew, and comes back by itself', async () => {
    const { coder, known, look, time } = setup();
    await look();
    const seen = time.now;
    const before = known();

    coder.goDown();
    time.advance(CYCLE);
    const down = await look();
    expect(coder.calls).toEqual(['buildinfo']);
    expect(down).toMatchObject({
      verdict: { current: { state: 'unreachable', reason: 'It is down' } },
      observedVersion: '2.33.2',
      lastSeen: seen,
    });
    for (const key of ['reachability', 'health', 'replicas'] as const) {
      expect(known()[key]).toMatchObject({
        status: 'unreachable',
        message: 'It is down',
        value: before[key]?.value,
        observedAt: seen,
        attemptedAt: time.now,
      });
    }

    coder.goUp();
    time.advance(CYCLE);
    const up = await look();
    expect(coder.calls).toEqual([
      'buildinfo',
      'health',
      'replicas',
      'entitlements',
      'appearance',
    ]);
    expect(up).toMatchObject({
      verdict: { current: { state: 'healthy' } },
      lastSeen: time.now,
    });
  });

  it('tells a fact that changed from one that is as it was', async () => {
    const { coder, look, time } = setup();
    await look();
    time.advance(CYCLE);
    expect(changedKeys(await look())).toEqual([]);

    coder.healthReport = { status: 'ok', value: healthReport('warning') };
    time.advance(CYCLE);
    expect(changedKeys(await look())).toEqual(['health']);

    coder.healthReport = { status: 'denied', message: 'Not an Owner' };
    time.advance(CYCLE);
    expect(changedKeys(await look())).toEqual(['health']);
    time.advance(CYCLE);
    expect(changedKeys(await look())).toEqual([]);
  });

  it('reads health and replicas at their interval, licences every tenth cycle, reachability always', async () => {
    const { coder, look, time } = setup({ healthMs: 30_000 });
    const cycles: string[][] = [];
    for (let cycle = 0; cycle < 11; cycle++) {
      await look();
      cycles.push([...coder.calls]);
      // Polls are never quite on time
      time.advance(CYCLE + (cycle % 2 ? 300 : -300));
    }
    const asked = (call: string) =>
      cycles.flatMap((calls, cycle) => (calls.includes(call) ? [cycle] : []));
    expect(asked('buildinfo')).toHaveLength(11);
    expect(asked('health')).toEqual([0, 3, 6, 9]);
    expect(asked('replicas')).toEqual([0, 3, 6, 9]);
    expect(asked('entitlements')).toEqual([0, 10]);
  });

  it('never reads health more often than once a cycle', () => {
    expect(intervalsOf({ cycleMs: 60_000, healthMs: 10_000 })).toEqual({
      reachability: 60_000,
      health: 60_000,
      replicas: 60_000,
      entitlements: 600_000,
      supportLinks: 21_600_000,
    });
  });

  it('reads health at the next poll once there is a token', async () => {
    const { coder, look, time } = setup({ healthMs: 10 * CYCLE });
    const report = coder.healthReport;
    coder.healthReport = { status: 'off', message: 'No token' };
    expect((await look()).verdict.current.state).toBe('unknown');
    coder.healthReport = report;
    time.advance(CYCLE);
    expect((await look()).verdict.current.state).toBe('healthy');
  });

  it('reads everything, and has Coder renew its health, when it is forced', async () => {
    const { coder, look } = setup();
    await look();
    await look(true);
    expect(coder.calls).toEqual([
      'buildinfo',
      'health?force=true',
      'replicas',
      'entitlements',
      'appearance',
    ]);
  });

  it('looks every 5 seconds for one that is expected to come up, then once a cycle', async () => {
    const { coder, look, time } = setup();
    coder.goDown();
    const waiting = await look();
    expect(waiting.verdict.current.state).toBe('provisioning');
    expect(waiting.nextDueAt).toEqual(new Date(time.now.getTime() + 5_000));
    time.advance(2 * 60 * 60_000);
    const missing = await look();
    expect(missing.verdict.current.state).toBe('missing');
    expect(
      missing.nextDueAt.getTime() - time.now.getTime(),
    ).toBeGreaterThanOrEqual(CYCLE / 2);
  });

  it('has at most so many requests in flight as the limiter lets it', async () => {
    const limiter = new Limiter(3);
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        limiter.run(async () => {
          most = Math.max(most, ++running);
          await new Promise(resolve => setImmediate(resolve));
          running--;
        }),
      ),
    );
    expect(most).toBe(3);
    await expect(
      limiter.run(async () => {
        throw new Error('One fails');
      }),
    ).rejects.toThrow('One fails');
    expect(await limiter.run(async () => 'goes on')).toBe('goes on');
  });
});
