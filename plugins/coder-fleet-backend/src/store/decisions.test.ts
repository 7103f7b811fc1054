import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores } from '../__testUtils__/stores';

jest.setTimeout(60_000);

const HOUR = 3_600_000;

describeOnDatabases('what people decide', (databases, id) => {
  const start = async () => {
    const stores = await createStores(databases, id);
    await stores.deployments.create(testRegistration('alpha'));
    return stores;
  };

  it('keeps waivers of a deployment, newest first, until they are taken back', async () => {
    const { waivers, deployments, time } = await start();
    const grant = (rule: string) =>
      waivers.grant({
        deployment: 'alpha',
        rule,
        reason: 'A pilot',
        grantedBy: 'user:default/paula',
        expiresAt: new Date(time.clock().getTime() + HOUR),
      });
    const first = await grant('CVA-DB-002');
    time.advance(1000);
    const second = await grant('CVA-DB-003');
    expect(await waivers.list('alpha')).toEqual([second, first]);
    expect(second).toMatchObject({
      rule: 'CVA-DB-003',
      reason: 'A pilot',
      grantedBy: 'user:default/paula',
      grantedAt: time.clock().toISOString(),
    });
    expect(await waivers.revoke('beta', first.id)).toBe(false);
    expect(await waivers.revoke('alpha', first.id)).toBe(true);
    expect(await waivers.revoke('alpha', first.id)).toBe(false);
    await deployments.remove('alpha');
    expect(await waivers.list('alpha')).toEqual([]);
  });

  it('keeps the last word on each statement', async () => {
    const { attestations, time } = await start();
    const give = (holds: boolean, note?: string) =>
      attestations.give({
        deployment: 'alpha',
        statement: 'own-cluster',
        holds,
        note,
        attestedBy: 'user:default/paula',
        reviewBy: new Date(time.clock().getTime() + HOUR),
      });
    await give(false, 'shared with the shop');
    await give(true);
    const [word, ...others] = await attestations.list('alpha');
    expect(others).toEqual([]);
    expect(word).toMatchObject({ statement: 'own-cluster', holds: true });
    expect(word).not.toHaveProperty('note');
    expect(await attestations.withdraw('alpha', 'own-cluster')).toBe(true);
    expect(await attestations.withdraw('alpha', 'own-cluster')).toBe(false);
    expect(await attestations.list('alpha')).toEqual([]);
  });

  it('keeps the last evaluation, and none of a deployment that is gone', async () => {
    const { evaluations, deployments, time } = await start();
    const evaluation = {
      signature: 'a',
      evaluatedAt: time.clock(),
      turnsAt: new Date(time.clock().getTime() + HOUR),
      findings: [],
    };
    await evaluations.put('alpha', evaluation);
    const { turnsAt, ...later } = { ...evaluation, signature: 'b' };
    await evaluations.put('alpha', later);
    expect(await evaluations.get('alpha')).toEqual(later);
    await deployments.remove('alpha');
    await evaluations.put('alpha', evaluation);
    expect(await evaluations.get('alpha')).toBeUndefined();
  });

  it('declares an upgrade and ends it; the next poll is due at once and knows', async () => {
    const { deployments, tracking, time } = await start();
    const upgrade = {
      until: new Date(time.clock().getTime() + HOUR).toISOString(),
      targetVersion: '2.37.1',
      declaredBy: 'user:default/paula',
      declaredAt: time.clock().toISOString(),
    };
    const claim = () =>
      tracking.claim({ replicaId: 'r', name: 'alpha', leaseMs: HOUR });
    await claim();
    expect(await deployments.setUpgrade('alpha', upgrade)).toBe(true);
    expect(await claim()).toMatchObject({ upgrade });
    expect(await deployments.get('alpha', 'all')).toMatchObject({ upgrade });
    await deployments.setUpgrade('alpha', undefined);
    expect(await claim()).not.toHaveProperty('upgrade');
    expect(await deployments.get('alpha', 'all')).not.toHaveProperty('upgrade');
    expect(await deployments.setUpgrade('beta', upgrade)).toBe(false);
  });
});
