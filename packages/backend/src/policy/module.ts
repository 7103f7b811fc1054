import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { FleetPolicy } from './FleetPolicy';
import { readRoles } from './roles';

/**
 * The permission policy of this portal; `portal.roles` says which groups have which part.
 *
 * @internal
 */
export const permissionModuleFleetPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'fleet-policy',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        policy.setPolicy(new FleetPolicy({ roles: readRoles(config) }));
      },
    });
  },
});
