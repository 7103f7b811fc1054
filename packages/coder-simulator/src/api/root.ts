import { json, text } from './reply';
import type { Route } from './Route';

const greeting = json(200, { message: '👋' });

/**
 * Liveness and the API's root.
 *
 * @internal
 */
export const rootRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/healthz',
    access: 'anyone',
    handle: () => text(200, 'OK'),
  },
  { method: 'GET', path: '/api/v2', access: 'anyone', handle: () => greeting },
  { method: 'GET', path: '/api/v2/', access: 'anyone', handle: () => greeting },
];
