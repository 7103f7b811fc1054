import { mockServices } from '@backstage/backend-test-utils';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { FakeCoder, healthReport } from '../__testUtils__/FakeCoder';
import { createStores } from '../__testUtils__/stores';
import { until } from '../__testUtils__/until';
import type { TrackingStore } from '../store/TrackingStore';
import { Tracker } from './Tracker';

jest.setTimeout(60_000);

const CYCLE = 10_000;

function trackerOf(options: {
  store: TrackingStore;
  coder: FakeCoder;
  clock: () => Date;
  replicaId?: string;
}) {
  const logger = mockServices.logger.mock();
  const tracker = new Tracker({
    store: options.store,
    apiOf: () => options.coder,
    clock: options.clock,
    logger,
    replicaId: options.replicaId ?? 'replica-1',
    cycleMs: CYCLE,
    healthMs: CYCLE,
  });
  return { tracker, logger };
}

describeOnDatabases('Tracker', (databases, id) => {
  const running: Array<() => Promise<void>> = [];

  afterEach(async () => {
    await Promise.all(running.splice(0).map(stop => stop()));
  });

  async function setup(count = 1) {
    const stores = await createStores(databases, id);
    for (let i = 0; i < count; i++) {
      await stores.deployments.create(testRegistration(`coder-${i}`));
    }
    const coder = new FakeCoder();
    const start = (replicaId = 'replica-1') => {
      const made = trackerOf({
        store: stores.tracking,
        coder,
        clock: stores.time.clock,
        replicaId,
      });
      const controller = new AbortController();
      const run = made.tracker.run(controller.signal);
      running.push(async () => {
        controller.abort();
        await made.tracker.stop();
        await run;
      });
      return { ...made, controller, run };
    };
    const get = (name = 'coder-0') => stores.deployments.get(name, 'all');
    const reaches = (state: string) =>
      until(`the deployment is ${state}`, async () => {
        return (await get())?.state === state;
      });
    return { ...stores, coder, start, get, reaches };
  }

  it('follows a deployment up, down, and up again, and says so once each time', async () => {
    const { coder, get, reaches, start, time } = await setup();
    const { logger, tracker } = start();
    await reaches('healthy');
    const seen = time.now.toISOString();
    expect(await get()).toMatchObject({
      observedVersion: '2.33.2',
      lastSeen: seen,
    });

    coder.goDown();
    time.advance(1.5 * CYCLE);
    tracker.wake();
    await reaches('unreachable');
    expect(await get()).toMatchObject({
      stateReason: 'It is down',
      observedVersion: '2.33.2',
      lastSeen: seen,
    });
    for (let cycle = 0; cycle < 3; cycle++) {
      const polls = coder.calls.length;
      time.advance(1.5 * CYCLE);
      tracker.wake();
      await until('it is polled', () => coder.calls.length > polls);
    }

    coder.goUp();
    coder.healthReport = { status: 'ok', value: healthReport('warning') };
    time.advance(1.5 * CYCLE);
    tracker.wake();
    await reaches('degraded');
    const said = logger.info.mock.calls.map(([message]) => message);
    expect(said).toEqual([
      expect.stringContaining('"coder-0" is healthy, was provisioning'),
      '"coder-0" is unreachable, was healthy: It is down',
      expect.stringContaining('"coder-0" is degraded, was unreachable'),
    ]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('polls a deployment at once that is registered while it waits', async () => {
    const { coder, deployments, start, tracking } = await setup(0);
    const { tracker } = start();
    await deployments.create(testRegistration('coder-0'));
    tracker.wake();
    await until('it is seen', async () => {
      return (await tracking.facts('coder-0')).reachability !== undefined;
    });
    expect(coder.calls[0]).toBe('buildinfo');
  });

  it('shares the work between replicas: each deployment is polled once a cycle', async () => {
    const { coder, deployments, start } = await setup(120);
    start('replica-1');
    start('replica-2');
    start('replica-3');
    await until('all are seen', async () => {
      return (await deployments.summary('all')).states.healthy === 120;
    });
    expect(coder.calls.filter(call => call === 'buildinfo')).toHaveLength(120);
  });

  it('never has more than 400 polls in flight', async () => {
    const { coder, deployments, start, tracking } = await setup(450);
    let open = () => {};
    coder.gate = new Promise(resolve => {
      open = resolve;
    });
    const claims = jest.spyOn(tracking, 'claimDue');
    start();
    await until('it is full', () => coder.calls.length >= 400);
    const before = claims.mock.calls.length;
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(coder.calls).toHaveLength(400);
    expect(claims.mock.calls.length).toBe(before);
    open();
    await until('all are seen', async () => {
      return (await deployments.summary('all')).states.healthy === 450;
    });
  });

  it('loses nothing when it is stopped in the middle: the next one goes on at once', async () => {
    const { coder, get, reaches, start, time, tracking } = await setup();
    const first = start('replica-1');
    await reaches('healthy');
    const known = await tracking.facts('coder-0');
    const row = await get();
    time.advance(1.5 * CYCLE);
    coder.gate = new Promise(() => {});
    const polls = coder.calls.length;
    first.tracker.wake();
    await until('it polls', () => coder.calls.length > polls);
    await first.tracker.stop();
    await first.run;
    expect(await tracking.facts('coder-0')).toEqual(known);
    expect(await get()).toMatchObject({ ...row, state: 'healthy' });

    coder.gate = Promise.resolve();
    start('replica-2');
    await until('it is polled again', async () => {
      return (await get())?.lastSeen === time.now.toISOString();
    });
    expect(first.logger.warn).not.toHaveBeenCalled();
  });

  it('gives back also what it claims while it is stopped', async () => {
    const { start, tracking } = await setup();
    const claimDue = tracking.claimDue.bind(tracking);
    let reached = () => {};
    const claiming = new Promise<void>(resolve => {
      reached = resolve;
    });
    let open = () => {};
    const gate = new Promise<void>(resolve => {
      open = resolve;
    });
    jest.spyOn(tracking, 'claimDue').mockImplementation(async options => {
      reached();
      await gate;
      return claimDue(options);
    });
    const { tracker, run } = start('replica-1');
    await claiming;
    const stopped = tracker.stop();
    open();
    await stopped;
    await run;
    const next = { replicaId: 'replica-2', limit: 1, leaseMs: 60_000 };
    expect(await claimDue(next)).toHaveLength(1);
  });

  it('lets a refresh wait for the poll that runs, and look itself then', async () => {
    const { coder, reaches, start, tracking, time } = await setup();
    const { tracker } = start();
    await reaches('healthy');
    await tracking.claim({
      replicaId: 'another',
      name: 'coder-0',
      leaseMs: 60_000,
    });
    coder.calls.splice(0);
    const refreshed = Promise.all([
      tracker.refresh('coder-0'),
      tracker.refresh('coder-0'),
    ]);
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(coder.calls).toEqual([]);
    await tracking.release('another');
    await refreshed;
    expect(coder.calls).toEqual([
      'buildinfo',
      'health?force=true',
      'replicas',
      'entitlements',
      'appearance',
    ]);
    expect((await tracking.facts('coder-0')).health?.attemptedAt).toEqual(
      time.now,
    );
  });
});

describe('Tracker without its database', () => {
  it('says so once, rejects so that the scheduler starts it again, and goes on when it is back', async () => {
    const now = new Date('2026-03-01T12:00:00.000Z');
    const claimDue = jest.fn(async () => {
      throw new Error('connection refused');
    });
    const store = {
      claimDue: claimDue as TrackingStore['claimDue'],
      nextDueAt: async () => undefined,
      release: async () => {},
    } as Partial<TrackingStore> as TrackingStore;
    const { tracker, logger } = trackerOf({
      store,
      coder: new FakeCoder(),
      clock: () => now,
    });
    const { signal } = new AbortController();
    await expect(tracker.run(signal)).rejects.toThrow('connection refused');
    await expect(tracker.run(signal)).rejects.toThrow('connection refused');
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining('connection refused')],
    ]);
    store.claimDue = async () => [];
    const run = tracker.run(signal);
    await tracker.stop();
    await run;
  });
});
