import type { Deployment } from '../deployment/Deployment';
import { failure, json } from './reply';
import type { Route } from './Route';

/** Statistics are not there right after the start of a server, ms. */
const FIRST_STATS_MS = 5_000;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Of each hundred running workspaces, and over the last day. */
const SESSIONS = {
  vscode: 0.5,
  ssh: 0.2,
  jetbrains: 0.2,
  reconnecting_pty: 0.1,
};
const BYTES_EACH = { rx: 180_000_000, tx: 420_000_000 };

/**
 * How much a deployment is used, for Auditors; counted once a minute.
 *
 * @internal
 */
export const deploymentStatsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/deployment/stats',
    access: { read: 'deployment_stats', refusal: 'forbidden' },
    handle: ({ deployment }) =>
      deployment.now.getTime() - deployment.bootedAt.getTime() < FIRST_STATS_MS
        ? failure(400, 'Deployment stats are still processing!')
        : json(200, deploymentStats(deployment)),
  },
];

function deploymentStats(deployment: Deployment) {
  const { running, starting, pending, failed, stopped } =
    deployment.activity.workspaces;
  const collected =
    Math.floor(deployment.now.getTime() / MINUTE_MS) * MINUTE_MS;
  const time = (ms: number) => new Date(ms).toISOString();
  const sessions = (share: number) => Math.floor(running * share);
  return {
    aggregated_from: time(collected - DAY_MS),
    collected_at: time(collected),
    next_update_at: time(collected + MINUTE_MS),
    workspaces: {
      pending,
      building: starting,
      running,
      failed,
      stopped,
      // Keys as Go's struct has them, and -1 when there was nothing to measure.
      connection_latency_ms:
        running > 0 ? { P50: 18.4, P95: 71.9 } : { P50: -1, P95: -1 },
      rx_bytes: running * BYTES_EACH.rx,
      tx_bytes: running * BYTES_EACH.tx,
    },
    session_count: {
      vscode: sessions(SESSIONS.vscode),
      ssh: sessions(SESSIONS.ssh),
      jetbrains: sessions(SESSIONS.jetbrains),
      reconnecting_pty: sessions(SESSIONS.reconnecting_pty),
    },
  };
}
