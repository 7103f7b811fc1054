import type { ReplicasFact } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { maybe, wireObject } from './fromWire';

const replicasSchema = z.array(
  wireObject({
    hostname: maybe(z.string()),
    id: maybe(z.string()),
    error: maybe(z.string()),
    database_latency: maybe(z.number()),
  }),
);

const MICROSECONDS_PER_MILLISECOND = 1_000;

/**
 * `GET /api/v2/replicas`. Throws a `ZodError` when it is no list.
 *
 * @internal
 */
export function parseReplicas(wire: unknown): ReplicasFact {
  const items = replicasSchema.parse(wire).map(replica => ({
    hostname: replica.hostname || replica.id || '',
    error: replica.error ?? '',
    ...(replica.database_latency !== undefined && {
      databaseLatencyMs:
        replica.database_latency / MICROSECONDS_PER_MILLISECOND,
    }),
  }));
  return {
    total: items.length,
    healthy: items.filter(item => item.error === '').length,
    items,
  };
}

/**
 * Replicas of the control plane.
 *
 * @internal
 */
export const replicasEndpoint: Endpoint<ReplicasFact> = {
  path: '/api/v2/replicas',
  token: 'required',
  enterprise: true,
  read: readJson(parseReplicas),
};
