import type { Plan } from '../../architecture/plan';
import { SCALING } from '../../architecture/reference/scaling';
import type { DeploymentSpec } from '../../deployment/DeploymentSpec';
import { derivedNames } from '../../deployment/names';
import { CONTROL_PLANE_NODES, DATABASE_NODES, placement } from '../helm/pods';

/**
 * Coder's observability bundle: chart, version, and the one namespace of a cluster that it stands in.
 * Source: coder/observability, README and Chart.yaml of 0.6.2.
 *
 * @internal
 */
export const BUNDLE = {
  chart: 'coder-observability',
  version: '0.6.2',
  repository: 'https://helm.coder.com/observability',
  namespace: 'coder-observability',
} as const;

/**
 * The Secret of the administrator of the bundle's Grafana. Without one the bundle lets everybody in as
 * administrator.
 *
 * @internal
 */
export const GRAFANA_SECRET = {
  name: 'coder-observability-grafana',
  keys: ['admin-user', 'admin-password'],
} as const;

/**
 * Values of the chart `coder-observability` that we set; what is left out is the chart's.
 *
 * @internal
 */
export type BundleValues = ReturnType<typeof bundleValues>;

/** An average month, days. */
const DAYS_PER_MONTH = 30.5;

/**
 * How long the bundle keeps what it collects: what Coder asks for.
 *
 * @internal
 */
export const RETENTION = {
  logDays: SCALING.preferredLogRetentionDays.value,
  metricDays: Math.ceil(
    SCALING.minMetricRetentionMonths.value * DAYS_PER_MONTH,
  ),
} as const;

/**
 * A working figure of this project: 1.3 bytes a sample, 1,500 series a pod of Coder and 30 a workspace, every 15
 * seconds. Prometheus removes the oldest before the volume is full.
 */
const BYTES_PER_SAMPLE = 1.3;
const SERIES_PER_POD = 1500;
const SERIES_PER_WORKSPACE = 30;
const SCRAPE_SECONDS = 15;
const MIN_METRICS_GB = 10;

/**
 * Whether a deployment is observed by the bundle.
 *
 * @internal
 */
export function hasBundle({ observability }: DeploymentSpec): boolean {
  return observability?.type === 'coder-observability';
}

/**
 * Values of the bundle in one cluster: which pods are Coder's there, thresholds by the plan, retention, a Grafana
 * that asks who one is. It connects to no database: the connection URL stays in its Secret.
 *
 * @internal
 */
export function bundleValues(plan: Plan, cluster: string) {
  const provisioners = plan.provisioners.filter(
    release => release.cluster === cluster,
  );
  const isHome = plan.controlPlane.cluster === cluster;
  const replicas = plan.controlPlane.replicas.value;
  const workspaces = plan.workspaces.regions
    .filter(region => region.cluster === cluster)
    .map(({ region }) => derivedNames(plan.name).workspacesNamespace(region));
  const { namespace: home } = plan.controlPlane;
  const metricsGB = metricsStorageGB(plan);
  return {
    global: {
      coder: {
        controlPlaneNamespace: home,
        externalProvisionersNamespace: provisioners[0]?.namespace ?? home,
        coderdSelector: 'pod=~`coder.*`, pod!~`.*provisioner.*`',
        provisionerdSelector: 'pod=~`coder-provisioner.*`',
        workspacesSelector: `namespace=~\`${workspaces.join('|')}\``,
        alerts: {
          coderd: { groups: { Replicas: replicaAlert(isHome ? replicas : 0) } },
          // Its metric counts the built-in daemons of the control plane: there are none
          provisionerd: { groups: { Replicas: { enabled: false } } },
        },
      },
      alerts: { enabled: true, kind: 'configmap' },
      postgres: { exporter: { enabled: false } },
    },
    sqlExporter: { enabled: false },
    // It reads the logs of the pods of its own node: nodes of the control plane and of the database carry a taint
    'grafana-agent': {
      controller: {
        tolerations: ([CONTROL_PLANE_NODES, DATABASE_NODES] as const).flatMap(
          group => placement(group).tolerations,
        ),
      },
    },
    grafana: {
      admin: {
        existingSecret: GRAFANA_SECRET.name,
        userKey: GRAFANA_SECRET.keys[0],
        passwordKey: GRAFANA_SECRET.keys[1],
      },
      env: { GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'false' },
      'grafana.ini': { 'auth.anonymous': { enabled: false } },
    },
    prometheus: {
      server: {
        retention: `${RETENTION.metricDays}d`,
        retentionSize: `${metricsGB}GB`,
        // Room for what is being written beside what is kept
        persistentVolume: { size: `${Math.ceil(metricsGB * 1.2)}Gi` },
      },
    },
    loki: {
      loki: {
        limits_config: { retention_period: `${RETENTION.logDays * 24}h` },
        compactor: { retention_enabled: true, delete_request_store: 's3' },
      },
    },
  };
}

/** Below the count that is planned; where there is none, nothing is missed. */
function replicaAlert(planned: number) {
  return planned > 0
    ? {
        enabled: true,
        thresholds: {
          notify: planned,
          warning: Math.max(1, Math.ceil(planned / 2)),
          critical: 1,
        },
      }
    : { enabled: false };
}

function metricsStorageGB(plan: Plan): number {
  const pods = [plan.controlPlane, ...plan.provisioners, ...plan.proxies]
    .map(({ replicas }) => replicas.value)
    .reduce((sum, count) => sum + count, 0);
  const series =
    pods * SERIES_PER_POD +
    plan.load.runningWorkspaces.value * SERIES_PER_WORKSPACE;
  const samples = (series * RETENTION.metricDays * 86_400) / SCRAPE_SECONDS;
  return Math.max(
    MIN_METRICS_GB,
    Math.ceil((samples * BYTES_PER_SAMPLE) / 1e9),
  );
}
