import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/core-plugin-api';

/**
 * The fleet.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'coder-fleet' });

/**
 * One deployment of the fleet.
 *
 * @public
 */
export const deploymentRouteRef = createSubRouteRef({
  id: 'coder-fleet/deployment',
  parent: rootRouteRef,
  path: '/:name',
});

/**
 * The template that requests a deployment; bound to the scaffolder's page when that is installed.
 *
 * @public
 */
export const templateRouteRef = createExternalRouteRef({
  id: 'template',
  params: ['namespace', 'templateName'],
  optional: true,
  defaultTarget: 'scaffolder.selectedTemplate',
});
