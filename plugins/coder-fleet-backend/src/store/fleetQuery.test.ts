import {
  DEPLOYMENT_SORT_FIELDS,
  PROVISIONING_DEADLINE_MS,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentQuery } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores, settle } from '../__testUtils__/stores';
import type { DeploymentStore } from './DeploymentStore';

jest.setTimeout(60_000);

describeOnDatabases('the fleet in lists', (databases, id) => {
  const setup = () => createStores(databases, id);

  const names = async (
    store: DeploymentStore,
    query: DeploymentQuery,
  ): Promise<string[]> =>
    (await store.list(query, 'all')).items.map(({ name }) => name);

  it('turns by itself when nobody polls any more, in rows, filters, counts and order', async () => {
    const { deployments, tracking, time } = await setup();
    await deployments.create(testRegistration('alpha'));
    await deployments.create(testRegistration('beta'));
    await settle(tracking, 'alpha', {
      state: 'healthy',
      at: time.now,
      until: new Date(time.now.getTime() + 120_001),
    });
    time.advance(120_000);
    expect(await names(deployments, { state: ['healthy'] })).toEqual(['alpha']);
    time.advance(1);
    expect(await names(deployments, { state: ['healthy'] })).toEqual([]);
    expect(await deployments.get('alpha', 'all')).toMatchObject({
      state: 'unknown',
      stateReason: 'Nobody looked',
    });
    time.advance(PROVISIONING_DEADLINE_MS);
    expect((await deployments.summary('all')).states).toEqual({
      unknown: 1,
      missing: 1,
    });
    expect(await names(deployments, { sort: 'state' })).toEqual([
      'beta',
      'alpha',
    ]);
  });

  async function fleet() {
    const stores = await setup();
    const { deployments, tracking, time } = stores;
    const specs: Array<[string, Record<string, unknown>]> = [
      ['delta', { displayName: 'Übung 50%', businessUnit: 'retail' }],
      ['alpha', { owner: 'user:default/ann', edition: 'community' }],
      ['gamma', { regions: [{ name: 'us-east', cluster: 'us-1' }] }],
      ['beta', { displayName: 'a_b', users: { expected: 3_000 } }],
    ];
    for (const [name, spec] of specs) {
      await deployments.create(testRegistration(name, spec));
      time.advance(1_000);
    }
    await settle(tracking, 'beta', {
      state: 'degraded',
      version: '2.10.0',
      at: time.now,
    });
    await settle(tracking, 'gamma', {
      state: 'healthy',
      version: '2.9.1',
      at: time.advance(1_000),
    });
    return stores;
  }

  it.each<[string, DeploymentQuery, string[]]>([
    ['all by name', {}, ['alpha', 'beta', 'delta', 'gamma']],
    ['state', { state: ['healthy', 'degraded'] }, ['beta', 'gamma']],
    ['region', { region: ['us-east'] }, ['gamma']],
    ['business unit', { businessUnit: ['retail'] }, ['delta']],
    ['owner', { owner: ['user:default/ann'] }, ['alpha']],
    ['edition', { edition: ['community'] }, ['alpha']],
    ['tier', { tier: ['3k'] }, ['beta']],
    [
      'filters add up',
      { state: ['provisioning'], businessUnit: ['payments'] },
      ['alpha'],
    ],
    ['search in names', { search: 'ALPH' }, ['alpha']],
    ['search in display names, any case', { search: 'übung' }, ['delta']],
    ['search in access URLs', { search: '//gamma.coder' }, ['gamma']],
    ['a percent sign is only itself', { search: '%' }, ['delta']],
    ['an underscore is only itself', { search: 'a_b' }, ['beta']],
    ['a backslash is only itself', { search: '\\' }, []],
    ['a quote is only itself', { search: "' or 1=1 --" }, []],
    [
      'an empty filter is none',
      { state: [], search: ' ' },
      ['alpha', 'beta', 'delta', 'gamma'],
    ],
  ])('filters: %s', async (_, query, expected) => {
    const { deployments } = await fleet();
    const page = await deployments.list(query, 'all');
    expect(page.items.map(({ name }) => name)).toEqual(expected);
    expect(page.totalItems).toBe(expected.length);
  });

  it.each<[NonNullable<DeploymentQuery['sort']>, string[]]>([
    ['-name', ['gamma', 'delta', 'beta', 'alpha']],
    ['displayName', ['beta', 'alpha', 'gamma', 'delta']],
    ['state', ['alpha', 'delta', 'beta', 'gamma']],
    ['-state', ['gamma', 'beta', 'alpha', 'delta']],
    ['version', ['gamma', 'beta', 'alpha', 'delta']],
    ['region', ['alpha', 'beta', 'delta', 'gamma']],
    ['-businessUnit', ['delta', 'alpha', 'beta', 'gamma']],
    ['-owner', ['alpha', 'beta', 'delta', 'gamma']],
    ['-tier', ['beta', 'alpha', 'delta', 'gamma']],
    ['lastSeen', ['alpha', 'delta', 'beta', 'gamma']],
    ['-lastSeen', ['gamma', 'beta', 'alpha', 'delta']],
  ])('sorts by %s, and then by name', async (sort, expected) => {
    const { deployments } = await fleet();
    expect(await names(deployments, { sort })).toEqual(expected);
  });

  it('pages neither miss nor repeat a row, whatever the order', async () => {
    const { deployments } = await fleet();
    for (const field of DEPLOYMENT_SORT_FIELDS) {
      for (const sort of [field, `-${field}` as const]) {
        const pages = await Promise.all(
          [0, 1, 2, 3, 4].map(offset =>
            deployments.list({ sort, limit: 1, offset }, 'all'),
          ),
        );
        expect(pages.map(({ totalItems }) => totalItems)).toEqual([
          4, 4, 4, 4, 4,
        ]);
        expect(
          pages.flatMap(({ items }) => items.map(({ name }) => name)),
        ).toEqual(await names(deployments, { sort }));
      }
    }
  });

  it('gives 50 rows unless it is asked for more', async () => {
    const { deployments } = await setup();
    for (let i = 0; i < 51; i++) {
      await deployments.create(testRegistration(`coder-${i}`));
    }
    expect((await deployments.list({}, 'all')).items).toHaveLength(50);
    const records = await deployments.listRecords({ limit: 500 }, 'all');
    expect(records.items).toHaveLength(51);
    expect(records.items[0]).toMatchObject(testRegistration('coder-0'));
  });

  it('counts by state and names the values of filters', async () => {
    const { deployments } = await fleet();
    expect(await deployments.summary('all')).toEqual({
      total: 4,
      states: { provisioning: 2, degraded: 1, healthy: 1 },
      statesByRegion: {
        'eu-west': { provisioning: 2, degraded: 1 },
        'us-east': { healthy: 1 },
      },
      regions: ['eu-west', 'us-east'],
      businessUnits: ['payments', 'retail'],
      owners: ['group:default/platform', 'user:default/ann'],
    });
  });
});
