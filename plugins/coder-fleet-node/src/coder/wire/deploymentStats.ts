import { z } from 'zod/v3';
import type { DeploymentStats } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import {
  mapOf,
  maybe,
  measured,
  percentilesSchema,
  wireObject,
} from './fromWire';

const workspacesSchema = wireObject({
  pending: measured,
  building: measured,
  running: measured,
  failed: measured,
  stopped: measured,
  connection_latency_ms: maybe(percentilesSchema),
});

const statsSchema = wireObject({
  collected_at: maybe(z.string()),
  next_update_at: maybe(z.string()),
  workspaces: maybe(workspacesSchema),
  session_count: mapOf(z.number().nonnegative()),
});

function parseDeploymentStats(wire: unknown): DeploymentStats {
  const stats = statsSchema.parse(wire);
  const { connection_latency_ms: latency, ...workspaces } =
    stats.workspaces ?? {};
  const { pending, building, running, failed, stopped } = workspaces;
  const measuredLatency =
    latency?.p50 !== undefined || latency?.p95 !== undefined;
  return {
    collectedAt: stats.collected_at,
    nextUpdateAt: stats.next_update_at,
    workspaces: {
      ...{ pending, building, running, failed, stopped },
      ...(latency &&
        measuredLatency && {
          connectionLatencyMs: { p50: latency.p50, p95: latency.p95 },
        }),
    },
    sessions: stats.session_count,
  };
}

/**
 * `GET /api/v2/deployment/stats`, for Auditors. A 400 in the first seconds of a server.
 *
 * @internal
 */
export const deploymentStatsEndpoint: Endpoint<DeploymentStats> = {
  path: '/api/v2/deployment/stats',
  token: 'required',
  read: readJson(parseDeploymentStats),
};
