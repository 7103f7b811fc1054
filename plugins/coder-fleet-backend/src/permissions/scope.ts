import type { PermissionCriteria } from '@backstage/plugin-permission-common';

/**
 * One test that a permission rule makes: the property has one of the values.
 *
 * @public
 */
export type DeploymentFilter = {
  property: 'owner' | 'businessUnit' | 'region';
  values: string[];
};

/**
 * The deployments that a caller may see or touch.
 *
 * @internal
 */
export type Scope = 'all' | 'none' | PermissionCriteria<DeploymentFilter>;

/**
 * Whether something that is not stored yet is in a scope.
 *
 * @internal
 */
export function isWithin(
  resource: Readonly<Record<DeploymentFilter['property'], string>>,
  scope: Scope,
): boolean {
  if (scope === 'all' || scope === 'none') {
    return scope === 'all';
  }
  if ('anyOf' in scope) {
    return scope.anyOf.some(part => isWithin(resource, part));
  }
  if ('allOf' in scope) {
    return scope.allOf.every(part => isWithin(resource, part));
  }
  if ('not' in scope) {
    return !isWithin(resource, scope.not);
  }
  return scope.values.includes(resource[scope.property]);
}
