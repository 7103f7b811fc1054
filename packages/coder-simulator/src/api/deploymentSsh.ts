import { json } from './reply';
import type { Route } from './Route';

/**
 * How `ssh` reaches workspaces.
 *
 * @internal
 */
export const deploymentSshRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/deployment/ssh',
    access: 'member',
    handle: () =>
      json(200, {
        hostname_prefix: 'coder.',
        hostname_suffix: 'coder',
        ssh_config_options: {},
      }),
  },
];
