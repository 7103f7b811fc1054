import type { Deployment } from '../deployment/Deployment';
import { uuidFrom } from '../deployment/identity';
import { json, toJson } from './reply';
import type { Route } from './Route';

/**
 * Region of the control plane's own relay. Source: Coder, CODER_DERP_SERVER_REGION_ID.
 *
 * @internal
 */
export const EMBEDDED_REGION_ID = 999;

/**
 * Running processes of the control plane. Other roles than Owner get a 404.
 *
 * @internal
 */
export const replicasRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/replicas',
    access: { read: 'replicas', refusal: 'hidden' },
    enterprise: true,
    handle: ({ deployment }) =>
      json(
        200,
        deployment.cached('replicas', () => toJson(replicas(deployment))),
      ),
  },
];

function replicas(deployment: Deployment) {
  // Pods get new names with each rollout, and so new replica ids.
  const rollout = uuidFrom(deployment.id, deployment.bootedAt.toISOString());
  return Array.from({ length: deployment.config.replicas }, (_, index) => {
    const id = uuidFrom(rollout, String(index));
    return {
      id,
      hostname: `coder-${rollout.slice(0, 8)}-${id.slice(0, 5)}`,
      created_at: deployment.bootedAt.toISOString(),
      relay_address: `http://10.0.${index}.10:8080`,
      region_id: EMBEDDED_REGION_ID,
      error: '',
      // Microseconds.
      database_latency: 1200 + index * 150,
    };
  });
}
