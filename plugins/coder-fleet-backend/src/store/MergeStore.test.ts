import { PROVISIONING_DEADLINE_MS } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores } from '../__testUtils__/stores';

jest.setTimeout(60_000);

const URL_OF_IT = 'https://git.example.com/payments/alpha/pulls/7';
const WAITS = `Waits for its pull request to be merged: ${URL_OF_IT}`;

describeOnDatabases('MergeStore', (databases, id) => {
  async function setup() {
    const stores = await createStores(databases, id);
    const request = (spec: object = {}, pullRequest = URL_OF_IT) => ({
      ...testRegistration('alpha', { ...spec }),
      pullRequest,
    });
    await stores.deployments.create(request());
    const waiting = async () => {
      const found = await stores.merges.get('alpha');
      if (!found) {
        throw new Error('"alpha" does not wait');
      }
      return found;
    };
    const record = async () => {
      const found = await stores.deployments.get('alpha', 'all');
      if (!found) {
        throw new Error('"alpha" is not registered');
      }
      return found;
    };
    const claim = () =>
      stores.tracking.claimDue({ replicaId: 'r', limit: 10, leaseMs: 60_000 });
    return { ...stores, request, waiting, record, claim };
  }

  it('keeps what was requested without a deadline and without a poll', async () => {
    const { time, record, claim, merges, tracking } = await setup();
    const openSince = time.now.toISOString();
    time.advance(100 * PROVISIONING_DEADLINE_MS);
    expect(await record()).toMatchObject({
      state: 'provisioning',
      stateReason: WAITS,
      pullRequest: { url: URL_OF_IT, openSince },
    });
    expect(await claim()).toEqual([]);
    expect(await tracking.nextDueAt()).toBeUndefined();
    expect((await merges.list()).map(({ name }) => name)).toEqual(['alpha']);
  });

  it('starts it once, with its deadline from then on', async () => {
    const { time, merges, record, claim, waiting } = await setup();
    const found = await waiting();
    time.advance(100 * PROVISIONING_DEADLINE_MS);
    const started = await Promise.all([
      merges.start(found),
      merges.start(found),
    ]);
    expect(started.sort()).toEqual([false, true]);
    expect(await merges.list()).toEqual([]);
    expect(await merges.obstruct(found, { kind: 'different' })).toBe(false);
    expect(await record()).toMatchObject({
      state: 'provisioning',
      stateReason: 'Registered, not seen yet',
      pullRequest: { url: URL_OF_IT },
    });
    expect((await record()).pullRequest).not.toHaveProperty('openSince');
    expect(await claim()).toEqual([
      expect.objectContaining({ name: 'alpha', registeredAt: time.now }),
    ]);
    time.advance(PROVISIONING_DEADLINE_MS);
    expect((await record()).state).toBe('missing');
  });

  it('says what is in the way, since when, and that it is gone', async () => {
    const { time, merges, record, waiting } = await setup();
    const since = time.now.toISOString();
    const unreadable = { kind: 'unreadable' as const, message: 'No answer' };
    expect(await merges.obstruct(await waiting(), unreadable)).toBe(true);
    time.advance(60_000);
    const other = { ...unreadable, message: 'Not found' };
    await merges.obstruct(await waiting(), other);
    expect(await record()).toMatchObject({
      stateReason: `${WAITS} (not readable since 2026-03-01 12:00 UTC: Not found)`,
      pullRequest: { obstacle: { ...other, since } },
    });
    await merges.obstruct(await waiting(), { kind: 'different' });
    expect((await record()).pullRequest?.obstacle).toEqual({
      kind: 'different',
      since: time.now.toISOString(),
    });
    await merges.obstruct(await waiting(), undefined);
    expect((await record()).stateReason).toBe(WAITS);
    expect((await record()).pullRequest).not.toHaveProperty('obstacle');
  });

  it('waits on with what is requested now, and touches nothing that was looked at before', async () => {
    const { time, deployments, merges, request, record, waiting } =
      await setup();
    const before = await waiting();
    await merges.obstruct(before, { kind: 'different' });
    time.advance(60_000);
    const next = 'https://git.example.com/payments/alpha/pulls/8';
    const larger = { users: { expected: 900, activeShare: 0.5 } };
    expect(await deployments.update(request(larger, next))).toBe(true);
    expect(await merges.start(before)).toBe(false);
    expect((await record()).pullRequest).toEqual({
      url: next,
      openSince: time.now.toISOString(),
    });
    // Without naming it again it is the same pull request
    const { pullRequest: _, ...same } = request(larger);
    expect(await deployments.update(same)).toBe(false);
    expect(await merges.start(await waiting())).toBe(true);
    expect((await record()).deployment.spec.users.expected).toBe(900);
  });

  it('lets go of what is not registered any more', async () => {
    const { deployments, merges, waiting } = await setup();
    const found = await waiting();
    expect(await deployments.remove('alpha')).toBe(true);
    expect(await merges.start(found)).toBe(false);
    expect(await merges.get('alpha')).toBeUndefined();
  });
});
