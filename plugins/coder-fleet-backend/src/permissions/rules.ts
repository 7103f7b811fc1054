import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  PLUGIN_ID,
  RESOURCE_TYPE_DEPLOYMENT,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import type { DeploymentResource } from '../store/DeploymentStore';
import type { DeploymentFilter } from './scope';

/**
 * Deployments as the permission framework knows them; resource references are their names.
 *
 * @public
 */
export const deploymentResourceRef = createPermissionResourceRef<
  DeploymentResource,
  DeploymentFilter
>().with({
  pluginId: PLUGIN_ID,
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/** One notation for all, as owners are stored. */
function normalized(owners: readonly string[]): string[] {
  return owners.map(owner =>
    stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    ),
  );
}

/**
 * Allows the deployments of some owners.
 *
 * @public
 */
export const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Deployments whose owner is one of the given',
  resourceRef: deploymentResourceRef,
  paramsSchema: z.object({
    owners: z
      .array(z.string())
      .describe('Catalog references of groups and users'),
  }),
  apply: (resource, { owners }) => normalized(owners).includes(resource.owner),
  toQuery: ({ owners }) => ({
    property: 'owner' as const,
    values: normalized(owners),
  }),
});

/**
 * Allows the deployments of some business units.
 *
 * @public
 */
export const isInBusinessUnit = createPermissionRule({
  name: 'IN_BUSINESS_UNIT',
  description: 'Deployments that belong to one of the given business units',
  resourceRef: deploymentResourceRef,
  paramsSchema: z.object({
    businessUnits: z.array(z.string()).describe('Names of business units'),
  }),
  apply: (resource, { businessUnits }) =>
    businessUnits.includes(resource.businessUnit),
  toQuery: ({ businessUnits }) => ({
    property: 'businessUnit' as const,
    values: businessUnits,
  }),
});

/**
 * Allows the deployments in some regions.
 *
 * @public
 */
export const isInRegion = createPermissionRule({
  name: 'IN_REGION',
  description: 'Deployments whose control plane is in one of the given regions',
  resourceRef: deploymentResourceRef,
  paramsSchema: z.object({
    regions: z.array(z.string()).describe('Names of regions'),
  }),
  apply: (resource, { regions }) => regions.includes(resource.region),
  toQuery: ({ regions }) => ({
    property: 'region' as const,
    values: regions,
  }),
});

/**
 * Every rule.
 *
 * @internal
 */
export const deploymentRules = [isOwner, isInBusinessUnit, isInRegion];
