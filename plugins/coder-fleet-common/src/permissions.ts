import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of a deployment, for conditional decisions.
 *
 * @public
 */
export const RESOURCE_TYPE_DEPLOYMENT = 'coder-fleet-deployment';

/**
 * To register a deployment under a new name.
 *
 * @public
 */
export const deploymentCreatePermission = createPermission({
  name: 'coder-fleet.deployment.create',
  attributes: { action: 'create' },
});

/**
 * To see a deployment: in lists, counts, pages and artifacts.
 *
 * @public
 */
export const deploymentReadPermission = createPermission({
  name: 'coder-fleet.deployment.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To change what is registered of a deployment.
 *
 * @public
 */
export const deploymentUpdatePermission = createPermission({
  name: 'coder-fleet.deployment.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To take a deployment off the registry. What runs is not touched.
 *
 * @public
 */
export const deploymentDeletePermission = createPermission({
  name: 'coder-fleet.deployment.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To make the tracker look at a deployment at once.
 *
 * @public
 */
export const deploymentRefreshPermission = createPermission({
  name: 'coder-fleet.deployment.refresh',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To approve what others ask for, where their business unit needs an approval.
 *
 * @public
 */
export const deploymentApprovePermission = createPermission({
  name: 'coder-fleet.deployment.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To accept a deviation from a rule, and to say what no collector can see.
 *
 * @public
 */
export const waiverCreatePermission = createPermission({
  name: 'coder-fleet.waiver.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To issue, see and revoke the tokens with which backup jobs report.
 *
 * @public
 */
export const reportTokenCreatePermission = createPermission({
  name: 'coder-fleet.report-token.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * Every permission of the plugin.
 *
 * @public
 */
export const coderFleetPermissions = [
  deploymentCreatePermission,
  deploymentReadPermission,
  deploymentUpdatePermission,
  deploymentDeletePermission,
  deploymentRefreshPermission,
  deploymentApprovePermission,
  waiverCreatePermission,
  reportTokenCreatePermission,
];
