import { ConfigReader } from '@backstage/config';
import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  actionExecutePermission,
  taskReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  coderFleetPermissions,
  deploymentApprovePermission,
  deploymentCreatePermission,
  deploymentDeletePermission,
  deploymentReadPermission,
  deploymentRefreshPermission,
  deploymentUpdatePermission,
  reportTokenCreatePermission,
  waiverCreatePermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { FleetPolicy } from './FleetPolicy';
import { readRoles } from './roles';

const policy = new FleetPolicy({
  roles: readRoles(
    new ConfigReader({
      portal: {
        roles: {
          platform: ['group:default/platform'],
          owners: ['team-retail'],
          businessUnits: {
            retail: ['team-retail', 'group:default/retail-developers'],
            payments: ['group:default/team-payments'],
          },
        },
      },
    }),
  ),
});

const CLAIMS = {
  paula: ['user:default/paula', 'group:default/platform'],
  omar: ['user:default/omar', 'group:default/team-retail'],
  dana: ['user:default/dana', 'group:default/retail-developers'],
  stranger: ['user:default/stranger'],
};
type Person = keyof typeof CLAIMS;

const decide = (person: Person, permission: Permission) =>
  policy.handle({ permission }, {
    info: { userEntityRef: '', ownershipEntityRefs: CLAIMS[person] },
  } as never);

const word = (decision: PolicyDecision) =>
  decision.result === AuthorizeResult.CONDITIONAL
    ? `if ${JSON.stringify(decision.conditions)}`
    : decision.result;

const ALLOW = /^ALLOW$/;
const DENY = /^DENY$/;
const OWN = /^if .*"IS_OWNER".*"group:default\/team-retail"/;

describe('FleetPolicy', () => {
  it.each<[Person, Permission, RegExp]>([
    ['paula', deploymentReadPermission, ALLOW],
    ['paula', deploymentCreatePermission, ALLOW],
    ['paula', deploymentDeletePermission, ALLOW],
    ['paula', deploymentApprovePermission, ALLOW],
    ['paula', catalogEntityReadPermission, ALLOW],
    ['omar', deploymentReadPermission, OWN],
    ['omar', deploymentReadPermission, /"IN_BUSINESS_UNIT".*\["retail"\]/],
    ['omar', deploymentCreatePermission, ALLOW],
    ['omar', deploymentUpdatePermission, OWN],
    ['omar', deploymentRefreshPermission, OWN],
    ['omar', deploymentDeletePermission, DENY],
    ['omar', deploymentApprovePermission, DENY],
    ['omar', waiverCreatePermission, DENY],
    ['omar', reportTokenCreatePermission, OWN],
    ['dana', reportTokenCreatePermission, DENY],
    ['omar', actionExecutePermission, ALLOW],
    ['omar', taskReadPermission, /"IS_TASK_OWNER".*user:default\/omar/],
    ['dana', deploymentReadPermission, /"IN_BUSINESS_UNIT".*\["retail"\]/],
    ['dana', deploymentCreatePermission, DENY],
    ['dana', deploymentUpdatePermission, DENY],
    ['dana', deploymentRefreshPermission, DENY],
    ['dana', deploymentDeletePermission, DENY],
    ['dana', deploymentApprovePermission, DENY],
    ['dana', actionExecutePermission, /^if .*"not".*coder-fleet:publish:git/],
    ['stranger', deploymentReadPermission, /"businessUnits":\[\]/],
    ['stranger', deploymentCreatePermission, DENY],
  ])('%s and %o', async (person, permission, expected) => {
    expect(word(await decide(person, permission))).toMatch(expected);
  });

  it('shows entities of the fleet to their owners and their unit only, and all others', async () => {
    const decision = word(await decide('dana', catalogEntityReadPermission));
    expect(decision).toMatch(/"not".*"coder-fleet.io\/deployment"/);
    expect(decision).toMatch(
      /"coder-fleet.io\/business-unit","value":"retail"/,
    );
    expect(decision).toMatch(/IS_ENTITY_OWNER.*retail-developers/);
    expect(decision).not.toMatch(/payments/);
  });

  it('leaves no permission of the fleet open to whoever it does not know', async () => {
    for (const permission of coderFleetPermissions) {
      expect((await decide('stranger', permission)).result).not.toBe(
        AuthorizeResult.ALLOW,
      );
    }
    const unknown = { ...deploymentCreatePermission, name: 'coder-fleet.new' };
    expect(word(await decide('omar', unknown))).toMatch(DENY);
  });

  it('gives nobody a part that is not configured', async () => {
    const empty = new FleetPolicy({ roles: readRoles(new ConfigReader({})) });
    const decision = await empty.handle(
      { permission: deploymentCreatePermission },
      { info: { ownershipEntityRefs: CLAIMS.paula } } as never,
    );
    expect(decision.result).toBe(AuthorizeResult.DENY);
  });
});
