import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  CoderFleetClient,
  CVA_GENERATION_KEY,
  PLUGIN_ID,
  fieldProblem,
  cvaGenerationOf,
  parseRequestPolicies,
  REQUEST_POLICIES_KEY,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import http from 'isomorphic-git/http/node';
import {
  createCheckAction,
  createPlanAction,
  createPublishAzurePullRequestAction,
  createPublishBranchAction,
  createPublishGitAction,
  createRegisterAction,
  createRenderAction,
  createRenderListAction,
  createWaitAction,
} from './actions';
import { gitHostAuthorization } from './gitHost/gitHostAuthorization';
import { HttpGitRemote } from './gitHost/GitRemote';
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
        const reportsBaseUrl = reportsBaseUrlOf(
          await discovery.getExternalBaseUrl(PLUGIN_ID),
        );
        const guard = new PublishGuard({ client, auth, permissions });
        const integrations = ScmIntegrations.fromConfig(config);
        const authorization = gitHostAuthorization({ integrations, config });
        actions.addActions(
          createPlanAction({
            client,
            auth,
            guard,
            generation,
            policies: parseRequestPolicies(
              config.getOptional(REQUEST_POLICIES_KEY),
            ),
            repositories,
            reportsBaseUrl,
          }),
          createCheckAction({ generation }),
          createRenderAction({ generation }),
          createRenderListAction({
            client,
            auth,
            guard,
            generation,
            repositories,
            reportsBaseUrl,
          }),
          createPublishGitAction({
            generation,
            repositories,
            guard,
          }),
          createPublishBranchAction({
            generation,
            guard,
            integrations,
            connect: async (repository, signal) =>
              new HttpGitRemote({
                repository,
                authorization: await authorization(repository),
                http,
                signal,
              }),
          }),
          createPublishAzurePullRequestAction({ integrations, authorization }),
          createRegisterAction({ client, auth }),
          createWaitAction({ client, auth }),
        );
      },
    });
  },
});

/** A token goes there: an address in the clear, beyond this machine, is none for backup jobs. */
function reportsBaseUrlOf(url: string): string | undefined {
  return fieldProblem('reportUrl', url) ? undefined : url;
}
