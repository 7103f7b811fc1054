import type { Plan, PlannedRelease } from '../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../deployment/DeploymentSpec';
import { scheduleIntervalMs } from '../../backup/schedule';
import { MAX_DRILL_AGE_DAYS } from '../../backup/standing';
import type { KubernetesObject } from './object';
import { ownLabels, PART_OF_LABEL } from './object';
import { PORTS } from './ports';

/** Source: Coder docs, Prometheus: the interval of their ServiceMonitor. */
const SCRAPE_INTERVAL = '10s';

/** The chart's Service has no port of metrics: one without an address finds each pod. */
const METRICS_SERVICE = 'coder-metrics';

const COMPONENT_LABEL = 'app.kubernetes.io/component';

/**
 * The metrics Service of a release, and what scrapes it where the Prometheus operator is.
 *
 * @internal
 */
export function metricsObjects(options: {
  deployment: CoderDeployment;
  chart: 'coder' | 'coder-provisioner';
  release: PlannedRelease;
}): KubernetesObject[] {
  const { deployment, chart, release } = options;
  const { name } = deployment.metadata;
  const type = deployment.spec.observability?.type;
  const selector = {
    'app.kubernetes.io/name': chart,
    'app.kubernetes.io/instance': release.release,
  };
  // Two releases may stand in one namespace
  const serviceName =
    chart === 'coder' ? METRICS_SERVICE : `${METRICS_SERVICE}-provisioner`;
  const labels: Record<string, string> = {
    ...ownLabels(name, 'metrics'),
    [COMPONENT_LABEL]: chart,
  };
  const metadata = {
    name: serviceName,
    namespace: release.namespace,
    labels,
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        clusterIP: 'None',
        selector,
        ports: [
          {
            name: 'prometheus-http',
            port: PORTS.metrics,
            protocol: 'TCP',
            targetPort: PORTS.metrics,
          },
        ],
      },
    },
    ...(type === 'prometheus-operator'
      ? [
          {
            apiVersion: 'monitoring.coreos.com/v1',
            kind: 'ServiceMonitor',
            metadata,
            spec: {
              endpoints: [
                { port: 'prometheus-http', interval: SCRAPE_INTERVAL },
              ],
              // Not by instance, which Argo CD may write over
              selector: {
                matchLabels: {
                  [PART_OF_LABEL]: labels[PART_OF_LABEL],
                  [COMPONENT_LABEL]: labels[COMPONENT_LABEL],
                },
              },
            },
          },
        ]
      : []),
  ];
}

type Severity = 'notify' | 'warning' | 'critical';

type Alert = {
  alert: string;
  expr: string;
  for: string;
  severity: Severity;
  summary: string;
  /** Anchor in docs/runbooks.md of the repository. */
  runbook: string;
};

/**
 * Alerts where the Prometheus operator is.
 *
 * @internal
 */
export function prometheusRules(
  deployment: CoderDeployment,
  plan: Plan,
): KubernetesObject[] {
  if (deployment.spec.observability?.type !== 'prometheus-operator') {
    return [];
  }
  const { name } = deployment.metadata;
  const { namespace } = plan.controlPlane;
  const groups: Array<[string, Alert[]]> = [
    ['coder', coderAlerts(plan)],
    ['coder-backup', backupAlerts(deployment.spec, plan)],
  ];
  return [
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'coder', namespace, labels: ownLabels(name, 'alerts') },
      spec: {
        groups: groups.map(([group, alerts]) => ({
          name: group,
          rules: alerts.map(alert => ({
            alert: alert.alert,
            expr: alert.expr,
            for: alert.for,
            labels: {
              severity: alert.severity,
              coder_deployment: name,
            },
            annotations: {
              summary: alert.summary,
              runbook: `docs/runbooks.md#${alert.runbook}`,
            },
          })),
        })),
      },
    },
  ];
}

/**
 * Pods of the server: two suffixes that Kubernetes gives to pods of a Deployment. Provisioners, backup jobs and
 * the database have other names in the same namespace.
 */
const SERVER_PODS = 'coder-[a-z0-9]{6,10}-[a-z0-9]{5}';

/**
 * Thresholds of Coder's observability bundle, one alert for each of its severities.
 * Source: coder/observability, chart 0.6.2, values of the alerts.
 */
function coderAlerts(plan: Plan): Alert[] {
  const { namespace, replicas } = plan.controlPlane;
  const pods = `namespace="${namespace}", pod=~"${SERVER_PODS}"`;
  const provisioners = plan.provisioners.reduce(
    (sum, release) => sum + release.replicas.value,
    0,
  );
  const builders = [
    ...new Set([namespace, ...plan.provisioners.map(r => r.namespace)]),
  ].join('|');
  const container = `${pods}, container="coder"`;
  const share = (used: string, limit: string) =>
    `max by (pod) (${used}) / max by (pod) (${limit})`;
  const cpu = share(
    `rate(container_cpu_usage_seconds_total{${container}}[5m])`,
    `kube_pod_container_resource_limits{${container}, resource="cpu"}`,
  );
  const memory = share(
    `container_memory_working_set_bytes{${container}}`,
    `kube_pod_container_resource_limits{${container}, resource="memory"}`,
  );
  const seats = `max(coderd_license_active_users{namespace="${namespace}"}) / max(coderd_license_limit_users{namespace="${namespace}"})`;
  const restarts = `max by (pod) (increase(kube_pod_container_status_restarts_total{${container}}[10m]))`;
  const failures = `sum(increase(coderd_provisionerd_job_timings_seconds_count{namespace=~"${builders}", status="failed"}[10m]))`;
  const levels = (
    alert: string,
    options: {
      expr: (limit: number) => string;
      limits: Partial<Record<Severity, number>>;
      for: string;
      summary: (limit: number) => string;
      runbook: string;
    },
  ): Alert[] =>
    (Object.entries(options.limits) as Array<[Severity, number]>).map(
      ([severity, limit]) => ({
        alert,
        expr: options.expr(limit),
        for: options.for,
        severity,
        summary: options.summary(limit),
        runbook: options.runbook,
      }),
    );
  const percent = (limit: number) => `${Math.round(limit * 100)} %`;
  return [
    ...levels('CoderdCPUUsage', {
      expr: limit => `${cpu} > ${limit}`,
      limits: { warning: 0.8, critical: 0.9 },
      for: '10m',
      summary: limit => `A replica uses more than ${percent(limit)} of its CPU`,
      runbook: 'scale',
    }),
    ...levels('CoderdMemoryUsage', {
      expr: limit => `${memory} > ${limit}`,
      limits: { warning: 0.8, critical: 0.9 },
      for: '10m',
      summary: limit =>
        `A replica uses more than ${percent(limit)} of its memory`,
      runbook: 'scale',
    }),
    ...levels('CoderdRestarts', {
      expr: limit => `${restarts} >= ${limit}`,
      limits: { notify: 1, warning: 2, critical: 3 },
      for: '1m',
      summary: limit => `A replica restarted ${limit} times in 10 minutes`,
      runbook: 'outage',
    }),
    // The bundle counts down from 3, as the CVA plans 3; a plan of other counts alerts on its own
    ...levels('CoderdReplicas', {
      expr: limit => `(sum(up{${pods}}) or vector(0)) < ${limit}`,
      limits: {
        warning: replicas.value,
        ...(replicas.value > 1 && { critical: Math.ceil(replicas.value / 2) }),
      },
      for: '5m',
      summary: limit => `Fewer than ${limit} replicas answer`,
      runbook: 'outage',
    }),
    ...(provisioners > 0
      ? levels('ProvisionerdReplicas', {
          expr: limit =>
            `(sum(up{namespace=~"${builders}", pod=~"coder-provisioner-.*"}) or vector(0)) < ${limit}`,
          limits: {
            warning: provisioners,
            critical: Math.ceil(provisioners / 2),
          },
          for: '5m',
          summary: limit => `Fewer than ${limit} provisioners answer`,
          runbook: 'outage',
        })
      : []),
    ...levels('CoderdUnprovisionedPrebuiltWorkspaces', {
      expr: limit =>
        `max by (template_name, preset_name) (coderd_prebuilt_workspaces_desired{namespace="${namespace}"} - coderd_prebuilt_workspaces_running{namespace="${namespace}"}) >= ${limit}`,
      limits: { warning: 1 },
      for: '10m',
      summary: () => 'Prebuilt workspaces are missing',
      runbook: 'outage',
    }),
    ...levels('CoderdWorkspaceBuildFailures', {
      expr: limit => `${failures} > ${limit}`,
      limits: { notify: 2, warning: 5, critical: 10 },
      for: '10m',
      summary: limit => `More than ${limit} builds failed in 10 minutes`,
      runbook: 'outage',
    }),
    ...levels('CoderLicenseSeats', {
      expr: limit => `${seats} >= ${limit}`,
      limits: { warning: 0.9, critical: 1 },
      for: '1m',
      summary: limit => `${percent(limit)} of the licensed seats are taken`,
      runbook: 'scale',
    }),
  ];
}

/**
 * What the bundle lacks. A CronJob that is gone leaves no metric behind: that is an alert too.
 * Source: kube-state-metrics, "CronJob Metrics".
 */
function backupAlerts({ backup }: DeploymentSpec, plan: Plan): Alert[] {
  const { namespace } = plan.controlPlane;
  const of = (cronjob: string) =>
    `namespace="${namespace}", cronjob="${cronjob}"`;
  // Before the first success there is no such time: then the age of the job counts
  const age = (cronjob: string) =>
    `time() - (max(kube_cronjob_status_last_successful_time{${of(cronjob)}}) or max(kube_cronjob_created{${of(cronjob)}}))`;
  const overdueSeconds = (2 * scheduleIntervalMs(backup.schedule)) / 1000;
  const drillSeconds = MAX_DRILL_AGE_DAYS * 86_400;
  return [
    {
      alert: 'CoderBackupOverdue',
      expr: `${age('coder-backup')} > ${overdueSeconds}`,
      for: '5m',
      severity: 'critical',
      summary: `No backup succeeded for ${overdueSeconds / 3600} hours, twice the interval of its schedule`,
      runbook: 'backup',
    },
    {
      alert: 'CoderBackupMissing',
      expr: `absent(kube_cronjob_info{${of('coder-backup')}})`,
      for: '15m',
      severity: 'critical',
      summary: 'The backup job is not in the cluster',
      runbook: 'backup',
    },
    {
      alert: 'CoderBackupSuspended',
      expr: `max(kube_cronjob_spec_suspend{${of('coder-backup')}}) > 0`,
      for: '1h',
      severity: 'warning',
      summary: 'The backup job is suspended',
      runbook: 'backup',
    },
    {
      alert: 'CoderRestoreDrillOverdue',
      expr: `${age('coder-restore-drill')} > ${drillSeconds}`,
      for: '1h',
      severity: 'warning',
      summary: `No restore was proved for ${MAX_DRILL_AGE_DAYS} days`,
      runbook: 'restore',
    },
  ];
}
