import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';

/**
 * What a user is to the fleet.
 *
 * - `platform`: runs all deployments.
 * - `owner`: asks for deployments and answers for those of their groups.
 * - `developer`: uses the deployments of their business unit.
 *
 * @internal
 */
export type Role = 'platform' | 'owner' | 'developer';

/** Which groups of the catalog have which part. */
export type Roles = {
  platform: ReadonlySet<string>;
  owners: ReadonlySet<string>;
  /** Business unit to the groups whose members belong to it. */
  businessUnits: ReadonlyMap<string, ReadonlySet<string>>;
};

/**
 * Reads `portal.roles`. Nobody has a part that is not configured.
 *
 * @internal
 */
export function readRoles(config: Config): Roles {
  const roles = config.getOptionalConfig('portal.roles');
  const units = roles?.getOptionalConfig('businessUnits');
  const groups = (from: Config | undefined, key: string) =>
    new Set((from?.getOptionalStringArray(key) ?? []).map(normalized));
  return {
    platform: groups(roles, 'platform'),
    owners: groups(roles, 'owners'),
    businessUnits: new Map(
      (units?.keys() ?? []).map(unit => [unit, groups(units, unit)]),
    ),
  };
}

/** One notation for all, as claims have it. */
function normalized(group: string): string {
  return stringifyEntityRef(
    parseEntityRef(group, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    }),
  );
}

/**
 * The part of a user, by the groups (and the user) whose rights the user has.
 *
 * @internal
 */
export function roleOf(roles: Roles, claims: readonly string[]): Role {
  if (claims.some(claim => roles.platform.has(claim))) {
    return 'platform';
  }
  return claims.some(claim => roles.owners.has(claim)) ? 'owner' : 'developer';
}

/**
 * The business units that a user belongs to.
 *
 * @internal
 */
export function businessUnitsOf(
  roles: Roles,
  claims: readonly string[],
): string[] {
  return [...roles.businessUnits]
    .filter(([, groups]) => claims.some(claim => groups.has(claim)))
    .map(([unit]) => unit);
}
