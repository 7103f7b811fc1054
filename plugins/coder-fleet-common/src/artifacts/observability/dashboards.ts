import type { Plan } from '../../architecture/plan';
import type { DeploymentSpec } from '../../deployment/DeploymentSpec';
import { SCALING } from '../../architecture/reference/scaling';

/**
 * Label of a ConfigMap that Grafana's sidecar takes for a dashboard.
 * Source: Grafana's Helm chart, sidecar.dashboards.label.
 *
 * @internal
 */
export const DASHBOARD_LABEL = { grafana_dashboard: '1' } as const;

type Unit = 's' | 'short' | 'percentunit' | 'reqps' | 'ms';

type Panel = {
  title: string;
  unit: Unit;
  /** Query by what its lines are called. */
  queries: Readonly<Record<string, string>>;
  kind?: 'stat';
  /** Where the line of a limit is drawn, in the panel's unit. */
  limit?: number;
};

const WIDTH = 12;
const HEIGHT = 8;

/**
 * Dashboards for the Grafana that a team has, by the name of their file: how the deployment is, and how its backups
 * are. They ask the data source that is chosen on top.
 * Source: Coder docs, Prometheus metrics; kube-state-metrics, CronJobs.
 *
 * @internal
 */
export function dashboards(
  plan: Plan,
  spec: DeploymentSpec,
): Array<{ name: string; content: string }> {
  const { name } = plan;
  return [
    {
      name: 'dashboard-coder.json',
      content: dashboard({
        uid: `coder-${name}`,
        title: `Coder ${name}`,
        panels: controlPlanePanels(plan),
      }),
    },
    {
      name: 'dashboard-backups.json',
      content: dashboard({
        uid: `coder-backups-${name}`,
        title: `Coder ${name}: backups`,
        panels: backupPanels(plan, spec),
      }),
    },
  ];
}

function controlPlanePanels(plan: Plan): Panel[] {
  const { namespace } = plan.controlPlane;
  const at = `namespace="${namespace}"`;
  const p95 = (metric: string) =>
    `histogram_quantile(0.95, sum by (le) (rate(${metric}_bucket{${at}}[$__rate_interval])))`;
  const namespaces = [
    ...new Set([namespace, ...plan.provisioners.map(r => r.namespace)]),
  ].join('|');
  return [
    {
      title: 'Replicas that answer',
      unit: 'short',
      kind: 'stat',
      queries: {
        replicas: `sum(up{${at}, pod=~"coder-.*"})`,
      },
      limit: plan.controlPlane.replicas.value,
    },
    {
      title: 'Licensed seats',
      unit: 'percentunit',
      kind: 'stat',
      queries: {
        taken: `max(coderd_license_active_users{${at}}) / max(coderd_license_limit_users{${at}})`,
      },
      limit: 0.9,
    },
    {
      title: 'API latency, 95th percentile',
      unit: 's',
      queries: { latency: p95('coderd_api_request_latencies_seconds') },
      limit: SCALING.apiLatencyMs.value / 1000,
    },
    {
      title: 'API requests',
      unit: 'reqps',
      queries: {
        '{{code}}': `sum by (code) (rate(coderd_api_requests_processed_total{${at}}[$__rate_interval]))`,
      },
    },
    {
      title: 'Database queries, 95th percentile',
      unit: 's',
      queries: { latency: p95('coderd_db_query_latencies_seconds') },
    },
    {
      title: 'Database connections',
      unit: 'short',
      queries: {
        'in use': `sum(go_sql_in_use_connections{${at}})`,
        open: `sum(go_sql_open_connections{${at}})`,
      },
      limit:
        plan.database.connectionsPerReplica.value *
        plan.controlPlane.replicas.value,
    },
    {
      title: 'Workspaces by state of the latest build',
      unit: 'short',
      queries: {
        '{{status}}': `sum by (status) (coderd_api_workspace_latest_build{${at}})`,
      },
    },
    {
      title: 'Builds that run',
      unit: 'short',
      queries: {
        jobs: `sum(coderd_provisionerd_jobs_current{namespace=~"${namespaces}"})`,
      },
      limit: plan.load.concurrentBuilds.value,
    },
    {
      title: 'Builds that failed in an hour',
      unit: 'short',
      queries: {
        failed: `sum(increase(coderd_provisionerd_job_timings_seconds_count{namespace=~"${namespaces}", status="failed"}[1h]))`,
      },
    },
    {
      title: 'Connected agents',
      unit: 'short',
      queries: { agents: `sum(coderd_agents_up{${at}})` },
      limit: plan.load.runningWorkspaces.value,
    },
  ];
}

function backupPanels(plan: Plan, { backup }: DeploymentSpec): Panel[] {
  const of = (cronjob: string) =>
    `namespace="${plan.controlPlane.namespace}", cronjob="${cronjob}"`;
  const age = (cronjob: string) =>
    `time() - max(kube_cronjob_status_last_successful_time{${of(cronjob)}})`;
  const failed = (cronjob: string) =>
    `sum(kube_job_status_failed{namespace="${plan.controlPlane.namespace}", job_name=~"${cronjob}-.*"})`;
  return [
    {
      title: `Age of the last backup (${backup.schedule} UTC)`,
      unit: 's',
      kind: 'stat',
      queries: { age: age('coder-backup') },
    },
    {
      title: `Age of the last restore drill (${backup.drillSchedule} UTC)`,
      unit: 's',
      kind: 'stat',
      queries: { age: age('coder-restore-drill') },
    },
    {
      title: 'Failed jobs that are kept',
      unit: 'short',
      queries: {
        backup: failed('coder-backup'),
        drill: failed('coder-restore-drill'),
      },
    },
  ];
}

function dashboard(options: {
  uid: string;
  title: string;
  panels: readonly Panel[];
}): string {
  const { uid, title, panels } = options;
  const datasource = { type: 'prometheus', uid: '${datasource}' };
  const content = {
    // Source: Grafana, dashboard JSON model: a uid has at most 40 characters
    uid: uid.slice(0, 40).replace(/-+$/, ''),
    title,
    tags: ['coder', 'coder-fleet'],
    editable: false,
    schemaVersion: 39,
    time: { from: 'now-12h', to: 'now' },
    refresh: '1m',
    templating: {
      list: [
        {
          name: 'datasource',
          label: 'Data source',
          type: 'datasource',
          query: 'prometheus',
        },
      ],
    },
    panels: panels.map((panel, index) => ({
      id: index + 1,
      title: panel.title,
      type: panel.kind ?? 'timeseries',
      datasource,
      gridPos: {
        x: (index % 2) * WIDTH,
        y: Math.floor(index / 2) * HEIGHT,
        w: WIDTH,
        h: HEIGHT,
      },
      fieldConfig: {
        defaults: {
          unit: panel.unit,
          min: 0,
          ...(panel.limit !== undefined && {
            custom: { thresholdsStyle: { mode: 'line' } },
            thresholds: {
              mode: 'absolute',
              steps: [
                { color: 'green', value: null },
                { color: 'orange', value: panel.limit },
              ],
            },
          }),
        },
        overrides: [],
      },
      targets: Object.entries(panel.queries).map(
        ([legendFormat, expr], query) => ({
          refId: String.fromCharCode(65 + query),
          datasource,
          expr,
          legendFormat,
        }),
      ),
    })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
