import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  actionExecutePermission,
  RESOURCE_TYPE_SCAFFOLDER_TASK,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  createScaffolderActionConditionalDecision,
  createScaffolderTaskConditionalDecision,
  scaffolderActionConditions,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import {
  coderFleetConditions,
  createCoderFleetConditionalDecision,
} from '@coder-fleet/backstage-plugin-coder-fleet-backend';
import {
  ANNOTATION_BUSINESS_UNIT,
  ANNOTATION_DEPLOYMENT,
  deploymentApprovePermission,
  deploymentCreatePermission,
  deploymentDeletePermission,
  deploymentReadPermission,
  RESOURCE_TYPE_DEPLOYMENT,
  waiverCreatePermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { businessUnitsOf, roleOf, type Role, type Roles } from './roles';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

type Visitor = {
  role: Role;
  /** The user and the groups whose rights the user has. */
  claims: string[];
  businessUnits: string[];
};

/**
 * Who may what. Platform engineers may everything. Owners see the deployments of their groups and of
 * their business unit, and change those of their groups. Developers see the deployments of their
 * business unit and change nothing. The catalog shows of the fleet what its own pages show; everything
 * else in the catalog is open to everybody.
 *
 * @internal
 */
export class FleetPolicy implements PermissionPolicy {
  readonly #roles: Roles;

  constructor(options: { roles: Roles }) {
    this.#roles = options.roles;
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const visitor = this.#visitor(user);
    if (visitor.role === 'platform') {
      return ALLOW;
    }
    const { permission } = request;
    if (isPermission(permission, catalogEntityReadPermission)) {
      return readableEntities(visitor);
    }
    if (isPermission(permission, actionExecutePermission)) {
      return executableActions(visitor);
    }
    if (isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_TASK)) {
      // A task's log tells all about what was asked for
      return createScaffolderTaskConditionalDecision(
        permission,
        scaffolderTaskConditions.isTaskOwner({ createdBy: visitor.claims }),
      );
    }
    if (isPermission(permission, deploymentCreatePermission)) {
      return visitor.role === 'owner' ? ALLOW : DENY;
    }
    if (isResourcePermission(permission, RESOURCE_TYPE_DEPLOYMENT)) {
      if (isPermission(permission, deploymentReadPermission)) {
        return createCoderFleetConditionalDecision(permission, {
          anyOf: [
            coderFleetConditions.isOwner({ owners: visitor.claims }),
            coderFleetConditions.isInBusinessUnit({
              businessUnits: visitor.businessUnits,
            }),
          ],
        });
      }
      return visitor.role === 'owner' && !isReserved(permission)
        ? createCoderFleetConditionalDecision(
            permission,
            coderFleetConditions.isOwner({ owners: visitor.claims }),
          )
        : DENY;
    }
    return permission.name.startsWith('coder-fleet.') ? DENY : ALLOW;
  }

  #visitor(user: PolicyQueryUser | undefined): Visitor {
    const claims = user?.info.ownershipEntityRefs ?? [];
    return {
      role: roleOf(this.#roles, claims),
      claims,
      businessUnits: businessUnitsOf(this.#roles, claims),
    };
  }
}

/** To take a deployment off the registry, to approve it, and to accept that it deviates, is the platform's. */
function isReserved(permission: Permission): boolean {
  return [
    deploymentDeletePermission,
    deploymentApprovePermission,
    waiverCreatePermission,
  ].some(reserved => isPermission(permission, reserved));
}

function readableEntities({ claims, businessUnits }: Visitor): PolicyDecision {
  return createCatalogConditionalDecision(catalogEntityReadPermission, {
    anyOf: [
      {
        not: catalogConditions.hasAnnotation({
          annotation: ANNOTATION_DEPLOYMENT,
        }),
      },
      catalogConditions.isEntityOwner({ claims }),
      ...businessUnits.map(value =>
        catalogConditions.hasAnnotation({
          annotation: ANNOTATION_BUSINESS_UNIT,
          value,
        }),
      ),
    ],
  });
}

/** Publishing comes before registering: who may not register must not publish either. */
function executableActions({ role }: Visitor): PolicyDecision {
  return role === 'owner'
    ? ALLOW
    : createScaffolderActionConditionalDecision(actionExecutePermission, {
        not: {
          anyOf: [
            scaffolderActionConditions.hasActionId({
              actionId: 'coder-fleet:publish:git',
            }),
            scaffolderActionConditions.hasActionId({
              actionId: 'coder-fleet:register',
            }),
          ],
        },
      });
}
