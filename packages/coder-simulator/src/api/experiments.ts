import { optionValue } from './deploymentConfig';
import { json } from './reply';
import type { Route } from './Route';

/**
 * Experiments that are on.
 *
 * @internal
 */
export const experimentsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/experiments',
    access: 'member',
    handle: ({ deployment }) =>
      json(200, optionValue(deployment, 'CODER_EXPERIMENTS')),
  },
];
