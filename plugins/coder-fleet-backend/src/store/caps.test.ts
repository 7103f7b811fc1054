import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores } from '../__testUtils__/stores';

jest.setTimeout(60_000);

describeOnDatabases('TrackingStore', (databases, id) => {
  it('caps what a server can make long: the reason at 500 characters, the version at 100', async () => {
    const { client, deployments, time, tracking } = await createStores(
      databases,
      id,
    );
    await deployments.create(testRegistration('alpha'));
    const lease = { replicaId: 'one', limit: 1, leaseMs: 60_000 };
    const [{ claim }] = await tracking.claimDue(lease);
    const reason = 'r'.repeat(10_000);
    await tracking.complete([
      {
        name: 'alpha',
        claim,
        facts: [],
        verdict: {
          current: { state: 'failing', reason },
          until: time.now,
          next: { state: 'unknown', reason },
        },
        observedVersion: `v${'1'.repeat(10_000)}`,
        nextDueAt: time.now,
      },
    ]);
    const row = await client('deployments').first();
    expect(row.state_reason).toBe('r'.repeat(500));
    expect(row.next_state_reason).toBe('r'.repeat(500));
    expect(row.observed_version).toBe(`v${'1'.repeat(99)}`);
  });
});
