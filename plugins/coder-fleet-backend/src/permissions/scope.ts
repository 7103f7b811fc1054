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
