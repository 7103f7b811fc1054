import type { Fact } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores } from '../__testUtils__/stores';
import type { PollResult } from './TrackingStore';

jest.setTimeout(60_000);

const LEASE_MS = 60_000;

describeOnDatabases('TrackingStore', (databases, id) => {
  async function setup(count = 1) {
    const stores = await createStores(databases, id);
    for (let i = 0; i < count; i++) {
      await stores.deployments.create(testRegistration(`coder-${i}`));
    }
    const claims = new Map<string, string>();
    const claimDue = async (replicaId: string, limit = 50) => {
      const claimed = await stores.tracking.claimDue({
        replicaId,
        limit,
        leaseMs: LEASE_MS,
      });
      return claimed.map(({ name, claim }) => {
        claims.set(`${replicaId} ${name}`, claim);
        return name;
      });
    };
    /** Under the last claims of a replica; answers with the names that were written. */
    const complete = async (replicaId: string, results: PollResult[]) => {
      const claimed = results.map(one => ({
        ...one,
        claim: claims.get(`${replicaId} ${one.name}`) ?? '',
      }));
      const written = await stores.tracking.complete(claimed);
      return new Set([...written].map(({ name }) => name));
    };
    const fact = (change: Partial<Fact<unknown>> = {}): Fact<unknown> => ({
      value: { version: 'v2.33.2' },
      observedAt: stores.time.now,
      attemptedAt: stores.time.now,
      collector: 'reachability',
      intervalMs: 60_000,
      status: 'ok',
      ...change,
    });
    const result = (
      name: string,
      change: Partial<PollResult> = {},
    ): PollResult => ({
      name,
      claim: '',
      facts: [{ name, key: 'reachability', fact: fact(), changed: true }],
      verdict: { current: { state: 'healthy', reason: 'All is well' } },
      observedVersion: '2.33.2',
      lastSeen: stores.time.now,
      nextDueAt: new Date(stores.time.now.getTime() + 60_000),
      ...change,
    });
    return { ...stores, claimDue, complete, fact, result };
  }

  it('never gives a deployment to two replicas that claim at the same time', async () => {
    const { claimDue } = await setup(120);
    const replicas = ['one', 'two', 'three', 'four'];
    const claimed = (
      await Promise.all(
        replicas.map(async replica => [
          ...(await claimDue(replica, 20)),
          ...(await claimDue(replica, 20)),
        ]),
      )
    ).flat();
    expect(claimed.length).toBeGreaterThan(0);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = [
      ...(await claimDue('one')),
      ...(await claimDue('two')),
      ...(await claimDue('three')),
    ];
    expect(new Set([...claimed, ...rest]).size).toBe(120);
    expect(claimed.length + rest.length).toBe(120);
  });

  it('gives the longest due first, and nothing before it is due', async () => {
    const { claimDue, complete, result, time, tracking } = await setup(3);
    await claimDue('one');
    const dueIn = (ms: number) => ({
      nextDueAt: new Date(time.now.getTime() + ms),
    });
    await complete('one', [
      result('coder-0', dueIn(30_000)),
      result('coder-1', dueIn(10_000)),
      result('coder-2', dueIn(20_000)),
    ]);
    expect(await tracking.nextDueAt()).toEqual(
      new Date(time.now.getTime() + 10_000),
    );
    time.advance(9_999);
    expect(await claimDue('one')).toEqual([]);
    time.advance(10_001);
    expect(await claimDue('one', 1)).toEqual(['coder-1']);
    expect(await claimDue('two', 1)).toEqual(['coder-2']);
    expect(await claimDue('two', 1)).toEqual([]);
    expect(await tracking.nextDueAt()).toEqual(
      new Date(time.now.getTime() + 10_000),
    );
  });

  it("frees a dead replica's rows after 60 seconds, and what it writes later is lost", async () => {
    const { claimDue, complete, deployments, result, time, tracking } =
      await setup(2);
    expect(await claimDue('dead')).toHaveLength(2);
    time.advance(LEASE_MS - 1);
    expect(await claimDue('alive')).toEqual([]);
    time.advance(1);
    expect((await claimDue('alive')).sort()).toEqual(['coder-0', 'coder-1']);

    const late = result('coder-0', {
      verdict: { current: { state: 'failing', reason: 'Too late' } },
    });
    expect(await complete('dead', [late])).toEqual(new Set());
    expect(await tracking.facts('coder-0')).toEqual({});
    expect(await deployments.get('coder-0', 'all')).toMatchObject({
      state: 'provisioning',
    });
    expect(await complete('alive', [result('coder-0')])).toEqual(
      new Set(['coder-0']),
    );
  });

  it('writes those of a batch whose claim holds, and only those', async () => {
    const { claimDue, complete, deployments, result, tracking } =
      await setup(3);
    await claimDue('one');
    await deployments.remove('coder-1');
    await deployments.update(
      testRegistration('coder-2', { displayName: 'Changed meanwhile' }),
    );
    const written = await complete(
      'one',
      ['coder-0', 'coder-1', 'coder-2'].map(name => result(name)),
    );
    expect(written).toEqual(new Set(['coder-0']));
    expect(await tracking.facts('coder-0')).toHaveProperty('reachability');
    expect(await tracking.facts('coder-1')).toEqual({});
    expect(await tracking.facts('coder-2')).toEqual({});
    expect(await claimDue('two')).toEqual(['coder-2']);
  });

  it.each(['an update', 'the end of the lease'])(
    'writes nothing under a claim that %s made void, though the same replica claimed again',
    async why => {
      const { deployments, result, time, tracking } = await setup(1);
      const claim = async () => {
        const options = { replicaId: 'one', limit: 1, leaseMs: LEASE_MS };
        return (await tracking.claimDue(options))[0].claim;
      };
      const old = await claim();
      if (why === 'an update') {
        await deployments.update(
          testRegistration('coder-0', { displayName: 'Changed meanwhile' }),
        );
      } else {
        time.advance(LEASE_MS);
      }
      const current = await claim();
      const late = result('coder-0', {
        claim: old,
        verdict: { current: { state: 'failing', reason: 'Too late' } },
      });
      expect(await tracking.complete([late])).toEqual(new Set());
      expect(await tracking.facts('coder-0')).toEqual({});
      const valid = result('coder-0', { claim: current });
      const written = await tracking.complete([late, valid, late]);
      expect([...written]).toEqual([valid]);
      expect(await deployments.get('coder-0', 'all')).toMatchObject({
        state: 'healthy',
      });
      expect(await tracking.complete([valid])).toEqual(new Set());
    },
  );

  it('gives back what a replica holds, and nothing of others', async () => {
    const { claimDue, tracking } = await setup(2);
    const [first] = await claimDue('one', 1);
    await claimDue('two', 1);
    await tracking.release('one');
    expect(await claimDue('three')).toEqual([first]);
  });

  it('claims one deployment that is not due, unless somebody polls it', async () => {
    const { claimDue, complete, result, tracking } = await setup(1);
    const claim = (replicaId: string) =>
      tracking.claim({ replicaId, name: 'coder-0', leaseMs: LEASE_MS });
    await claimDue('one');
    expect(await claim('two')).toBeUndefined();
    await complete('one', [result('coder-0')]);
    expect(await claim('two')).toMatchObject({ name: 'coder-0' });
    expect(await claim('one')).toBeUndefined();
  });

  it('hands over what a poll needs to know', async () => {
    const { claimDue, complete, fact, result, time, tracking } = await setup(1);
    await claimDue('one');
    await complete('one', [result('coder-0')]);
    const registeredAt = time.now;
    const known = { reachability: fact() };
    time.advance(60_000);
    expect(
      await tracking.claimDue({
        replicaId: 'one',
        limit: 1,
        leaseMs: LEASE_MS,
      }),
    ).toEqual([
      {
        name: 'coder-0',
        claim: expect.stringMatching(/^one\/[0-9a-f-]{36}$/),
        accessUrl: 'https://coder-0.coder.example.com',
        plannedReplicas: 3,
        registeredAt,
        state: 'healthy',
        facts: known,
      },
    ]);
  });

  it('writes only the times of a fact that did not change', async () => {
    const { claimDue, complete, fact, result, time, tracking } = await setup(1);
    await claimDue('one');
    await complete('one', [result('coder-0')]);
    const before = await tracking.facts('coder-0');
    time.advance(60_000);
    await claimDue('one');
    const untouched = fact({
      value: 'not to be written',
      collector: 'not to be written',
    });
    await complete('one', [
      result('coder-0', {
        facts: [
          {
            name: 'coder-0',
            key: 'reachability',
            fact: untouched,
            changed: false,
          },
        ],
      }),
    ]);
    expect(await tracking.facts('coder-0')).toEqual({
      reachability: {
        ...before.reachability,
        observedAt: time.now,
        attemptedAt: time.now,
      },
    });
  });

  it('stores any text that a server may send', async () => {
    const { claimDue, complete, deployments, fact, result, tracking } =
      await setup(1);
    await claimDue('one');
    const nasty = `\u0000 \ud800 ' " \\ $1 ? ?? :name {{x}} \u2028 😀`;
    const clean = `\ufffd \ufffd ' " \\ $1 ? ?? :name {{x}} \u2028 😀`;
    await complete('one', [
      result('coder-0', {
        facts: [
          {
            name: 'coder-0',
            key: 'health',
            fact: fact({ value: { error: nasty }, message: nasty }),
            changed: true,
          },
        ],
        verdict: { current: { state: 'failing', reason: nasty } },
      }),
    ]);
    expect(await tracking.facts('coder-0')).toMatchObject({
      health: { value: { error: nasty }, message: clean },
    });
    expect(await deployments.get('coder-0', 'all')).toMatchObject({
      stateReason: clean,
    });
  });
});
