import { PROVISIONING_DEADLINE_MS } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores, settle } from '../__testUtils__/stores';

jest.setTimeout(60_000);

const REPLICA = 'replica-1';

describeOnDatabases('DeploymentStore', (databases, id) => {
  const setup = () => createStores(databases, id);

  it('keeps what was registered', async () => {
    const { deployments, time } = await setup();
    const registration = testRegistration('alpha', {
      owner: 'group:Platform',
    });
    await deployments.create(registration);
    expect(await deployments.get('alpha', 'all')).toEqual({
      name: 'alpha',
      displayName: 'Coder alpha',
      state: 'provisioning',
      stateReason: 'Registered, not seen yet',
      plannedVersion: '2.33.2',
      region: 'eu-west',
      businessUnit: 'payments',
      owner: 'group:default/platform',
      edition: 'premium',
      tier: '1k',
      accessUrl: 'https://alpha.coder.example.com',
      registeredAt: time.now.toISOString(),
      ...registration,
    });
  });

  it('refuses a name that is taken, also when two come at the same time', async () => {
    const { deployments } = await setup();
    const outcomes = await Promise.allSettled([
      deployments.create(testRegistration('alpha')),
      deployments.create(testRegistration('alpha')),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect((await deployments.list({}, 'all')).totalItems).toBe(1);
    await expect(deployments.create(testRegistration('alpha'))).rejects.toThrow(
      'The name "alpha" is taken',
    );
  });

  it('refuses the access URL of another deployment: its token would read for both', async () => {
    const { deployments } = await setup();
    await deployments.create(testRegistration('alpha'));
    const beta = testRegistration('beta', {
      accessUrl: 'https://alpha.coder.example.com',
    });
    await expect(deployments.create(beta)).rejects.toMatchObject({
      name: 'ConflictError',
      message:
        'https://alpha.coder.example.com is the access URL of another deployment',
    });
    await deployments.create(testRegistration('beta'));
    await expect(deployments.update(beta)).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect((await deployments.get('beta', 'all'))?.accessUrl).toBe(
      'https://beta.coder.example.com',
    );
  });

  it('changes nothing when it is repeated', async () => {
    const { deployments, tracking, time } = await setup();
    await deployments.create(testRegistration('alpha'));
    await settle(tracking, 'alpha', { state: 'healthy', at: time.now });
    const before = await deployments.get('alpha', 'all');
    time.advance(1_000);
    expect(await deployments.update(testRegistration('alpha'))).toBe(false);
    expect(await deployments.get('alpha', 'all')).toEqual(before);
  });

  it('takes a change over, is due at once, and keeps what was seen', async () => {
    const { deployments, tracking, time } = await setup();
    await deployments.create(testRegistration('alpha'));
    await settle(tracking, 'alpha', {
      state: 'healthy',
      version: '2.33.2',
      at: time.now,
    });
    time.advance(1_000);
    const lease = { replicaId: REPLICA, limit: 50, leaseMs: 60_000 };
    expect(await tracking.claimDue(lease)).toEqual([]);
    expect(
      await deployments.update(
        testRegistration('alpha', { displayName: 'First' }),
      ),
    ).toBe(true);
    expect(await deployments.get('alpha', 'all')).toMatchObject({
      displayName: 'First',
      state: 'healthy',
      observedVersion: '2.33.2',
    });
    expect(await tracking.claimDue(lease)).toHaveLength(1);
  });

  it('forgets what was seen at the old access URL, and counts from the change', async () => {
    const { client, deployments, tracking, time } = await setup();
    await deployments.create(testRegistration('alpha'));
    await settle(tracking, 'alpha', {
      state: 'healthy',
      version: '2.33.2',
      at: time.now,
      facts: ['reachability', 'health'],
    });
    await deployments.update(
      testRegistration('alpha', { displayName: 'First' }),
    );
    expect(Object.keys(await tracking.facts('alpha'))).toHaveLength(2);

    time.advance(2 * PROVISIONING_DEADLINE_MS);
    const moved = { accessUrl: 'https://elsewhere.coder.example.com' };
    await deployments.update(testRegistration('alpha', moved));
    expect(await tracking.facts('alpha')).toEqual({});
    const record = await deployments.get('alpha', 'all');
    expect(record).toMatchObject({
      state: 'provisioning',
      stateReason: 'Registered, not seen yet',
    });
    expect(record).not.toHaveProperty('lastSeen');
    expect(record).not.toHaveProperty('observedVersion');
    expect(await client('deployments').first()).toMatchObject({
      observed_version_sort: null,
    });
    const lease = { replicaId: REPLICA, limit: 1, leaseMs: 60_000 };
    expect(await tracking.claimDue(lease)).toMatchObject([
      { ...moved, registeredAt: time.now, facts: {} },
    ]);
    time.advance(PROVISIONING_DEADLINE_MS - 1);
    expect((await deployments.get('alpha', 'all'))?.state).toBe('provisioning');
    time.advance(1);
    expect((await deployments.get('alpha', 'all'))?.state).toBe('missing');
  });

  it('gives one that never came up a new deadline when it is changed', async () => {
    const { deployments, time } = await setup();
    await deployments.create(testRegistration('alpha'));
    time.advance(PROVISIONING_DEADLINE_MS);
    expect(await deployments.get('alpha', 'all')).toMatchObject({
      state: 'missing',
    });
    await deployments.update(
      testRegistration('alpha', { users: { expected: 600 } }),
    );
    expect(await deployments.get('alpha', 'all')).toMatchObject({
      state: 'provisioning',
    });
  });

  it('refuses a name that came from another repository', async () => {
    const { deployments } = await setup();
    await deployments.create(testRegistration('alpha'));
    for (const repository of [
      undefined,
      { type: 'url' as const, location: 'https://git.example.com/alpha' },
    ]) {
      await expect(
        deployments.update({ ...testRegistration('alpha'), repository }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(
          'is registered from another repository (alpha)',
        ),
      });
    }
  });

  it('counts the deployments of a business unit beside some', async () => {
    const { deployments } = await setup();
    for (const name of ['alpha', 'beta', 'gamma']) {
      await deployments.create(testRegistration(name));
    }
    await deployments.create(
      testRegistration('delta', { businessUnit: 'retail' }),
    );
    const count = (...names: string[]) =>
      deployments.countOthers('payments', names);
    expect(await count()).toBe(3);
    expect(await count('alpha', 'delta', 'unknown')).toBe(2);
    expect(await deployments.countOthers('research', ['alpha'])).toBe(0);
  });

  it('forgets all that is known of a deployment', async () => {
    const { client, deployments, tracking, time } = await setup();
    await deployments.create(testRegistration('alpha'));
    await settle(tracking, 'alpha', { state: 'healthy', at: time.now });
    expect(await deployments.remove('alpha')).toBe(true);
    expect(await deployments.remove('alpha')).toBe(false);
    expect(await deployments.has('alpha')).toBe(false);
    expect(await client('due_queue').select('*')).toEqual([]);
    expect(await client('facts').select('*')).toEqual([]);
    await expect(
      deployments.update(testRegistration('alpha')),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
