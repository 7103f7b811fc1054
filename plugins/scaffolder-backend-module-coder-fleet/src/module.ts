import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  CoderFleetClient,
  CVA_GENERATION_KEY,
  cvaGenerationOf,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import {
  createPlanAction,
  createPublishGitAction,
  createRegisterAction,
  createRenderAction,
} from './actions';
import { PublishGuard } from './tracker/PublishGuard';

/**
 * Module of the scaffolder: the actions that turn a request into a tracked Coder deployment.
 *
 * @public
 */
export const scaffolderModuleCoderFleet = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'coder-fleet',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        permissions: coreServices.permissions,
      },
      async init({ actions, auth, config, discovery, permissions }) {
        const client = new CoderFleetClient({ discoveryApi: discovery });
        const repositories = DeploymentRepositories.fromConfig(config);
        const generation = cvaGenerationOf(
          config.getOptionalString(CVA_GENERATION_KEY),
        );
        actions.addActions(
          createPlanAction({ client, auth, generation, repositories }),
          createRenderAction({ generation }),
          createPublishGitAction({
            generation,
            repositories,
            guard: new PublishGuard({ client, auth, permissions }),
          }),
          createRegisterAction({ client, auth }),
        );
      },
    });
  },
});
