import { appearanceRoutes } from './appearance';
import { authCheckRoutes } from './authCheck';
import { authMethodsRoutes } from './authMethods';
import { buildInfoRoutes } from './buildInfo';
import { deploymentConfigRoutes } from './deploymentConfig';
import { deploymentSshRoutes } from './deploymentSsh';
import { deploymentStatsRoutes } from './deploymentStats';
import { entitlementsRoutes } from './entitlements';
import { experimentsRoutes } from './experiments';
import { firstUserRoutes } from './firstUser';
import { healthRoutes } from './health';
import { healthSettingsRoutes } from './healthSettings';
import { licensesRoutes } from './licenses';
import { organizationsRoutes } from './organizations';
import { provisionerDaemonsRoutes } from './provisionerDaemons';
import { provisionerJobsRoutes } from './provisionerJobs';
import { provisionerKeysRoutes } from './provisionerKeys';
import { replicasRoutes } from './replicas';
import type { Route } from './Route';
import { rootRoutes } from './root';
import { templatesRoutes } from './templates';
import { templateVersionsRoutes } from './templateVersions';
import { tokensRoutes } from './tokens';
import { updateCheckRoutes } from './updateCheck';
import { usersRoutes } from './users';
import { workspaceProxiesRoutes } from './workspaceProxies';
import { workspacesRoutes } from './workspaces';

/**
 * Coder's API as far as it is simulated: one file a resource.
 *
 * @internal
 */
export const apiRoutes: readonly Route[] = [
  ...rootRoutes,
  ...buildInfoRoutes,
  ...updateCheckRoutes,
  ...authMethodsRoutes,
  ...entitlementsRoutes,
  ...licensesRoutes,
  ...healthRoutes,
  ...healthSettingsRoutes,
  ...replicasRoutes,
  ...deploymentStatsRoutes,
  ...deploymentConfigRoutes,
  ...deploymentSshRoutes,
  ...experimentsRoutes,
  ...appearanceRoutes,
  ...workspaceProxiesRoutes,
  ...organizationsRoutes,
  ...provisionerDaemonsRoutes,
  ...provisionerJobsRoutes,
  ...provisionerKeysRoutes,
  ...templatesRoutes,
  ...templateVersionsRoutes,
  ...firstUserRoutes,
  ...usersRoutes,
  ...tokensRoutes,
  ...workspacesRoutes,
  ...authCheckRoutes,
];

/**
 * Methods and paths that are simulated; `{name}` is a segment that varies.
 *
 * @public
 */
export const SIMULATED_ROUTES: readonly Readonly<{
  method: string;
  path: string;
}>[] = apiRoutes.map(({ method, path }) => ({ method, path }));
