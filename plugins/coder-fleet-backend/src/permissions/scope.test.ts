import type {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores } from '../__testUtils__/stores';
import type { DeploymentResource } from '../store/DeploymentStore';
import { coderFleetConditions as conditions } from './conditions';
import { deploymentRules } from './rules';
import type { DeploymentFilter } from './scope';

jest.setTimeout(60_000);

const ruleset = {
  getRuleByName: (name: string) =>
    deploymentRules.find(rule => rule.name === name)! as never,
};

/** What the permission framework does with `apply`. */
function applied(
  criteria: PermissionCriteria<PermissionCondition>,
  resource: DeploymentResource,
): boolean {
  if ('anyOf' in criteria) {
    return criteria.anyOf.some(part => applied(part, resource));
  }
  if ('allOf' in criteria) {
    return criteria.allOf.every(part => applied(part, resource));
  }
  if ('not' in criteria) {
    return !applied(criteria.not, resource);
  }
  const rule = deploymentRules.find(({ name }) => name === criteria.rule)!;
  return rule.apply(resource, criteria.params as never);
}

const payments = conditions.isInBusinessUnit({ businessUnits: ['payments'] });
const ann = conditions.isOwner({ owners: ['User:Ann', 'platform'] });
const east = conditions.isInRegion({ regions: ['us-east', 'us-west'] });
const nobody = conditions.isOwner({ owners: [] });

const CASES: Array<
  [string, PermissionCriteria<PermissionCondition>, string[]]
> = [
  ['owner', ann, ['alpha', 'gamma']],
  ['business unit', payments, ['alpha', 'beta']],
  ['region', east, ['beta', 'gamma']],
  ['no values', nobody, []],
  ['not', { not: payments }, ['delta', 'gamma']],
  ['any of', { anyOf: [ann, east] }, ['alpha', 'beta', 'gamma']],
  ['all of', { allOf: [ann, payments] }, ['alpha']],
  [
    'nested',
    { allOf: [{ not: { anyOf: [ann, nobody] } }, { anyOf: [east, payments] }] },
    ['beta'],
  ],
];

describeOnDatabases('permission conditions', (databases, id) => {
  it.each(CASES)(
    'limit lists, counts and single reads alike: %s',
    async (_, criteria, expected) => {
      const { deployments } = await createStores(databases, id);
      const specs: Array<[string, Record<string, unknown>]> = [
        ['alpha', { owner: 'user:ann' }],
        [
          'beta',
          {
            owner: 'group:default/ops',
            regions: [{ name: 'us-east', cluster: 'c' }],
          },
        ],
        [
          'gamma',
          {
            businessUnit: 'retail',
            regions: [{ name: 'us-west', cluster: 'c' }],
          },
        ],
        ['delta', { businessUnit: 'retail', owner: 'group:default/ops' }],
      ];
      for (const [name, spec] of specs) {
        await deployments.create(testRegistration(name, spec));
      }
      const all = specs.map(([name]) => name).sort();
      const scope =
        createConditionTransformer<DeploymentFilter>(ruleset)(criteria);

      const page = await deployments.list({}, scope);
      expect(page.items.map(({ name }) => name)).toEqual(expected);
      expect(page.totalItems).toBe(expected.length);
      expect((await deployments.listRecords({}, scope)).totalItems).toBe(
        expected.length,
      );
      expect((await deployments.summary(scope)).total).toBe(expected.length);
      const single = async (name: string) =>
        (await deployments.get(name, scope)) !== undefined &&
        (await deployments.isInScope(name, scope));
      const readable = await Promise.all(all.map(single));
      expect(all.filter((__, index) => readable[index])).toEqual(expected);

      const resources = await deployments.resources(all);
      expect(
        resources.flatMap(resource =>
          resource && applied(criteria, resource) ? [resource.name] : [],
        ),
      ).toEqual(expected);
    },
  );

  it('show nothing in the empty scope', async () => {
    const { deployments } = await createStores(databases, id);
    await deployments.create(testRegistration('alpha'));
    expect(await deployments.list({}, 'none')).toEqual({
      items: [],
      totalItems: 0,
    });
    expect(await deployments.get('alpha', 'none')).toBeUndefined();
  });
});
