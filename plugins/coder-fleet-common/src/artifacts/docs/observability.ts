import type { Plan } from '../../architecture/plan';
import { SCALING } from '../../architecture/reference/scaling';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../deployment/DeploymentSpec';
import {
  GATEWAY_NAMESPACE_LABEL,
  MONITORING_NAMESPACE_LABEL,
} from '../kubernetes/policy';
import { markdownTable } from '../markdown';
import {
  BUNDLE,
  GRAFANA_SECRET,
  hasBundle,
  RETENTION,
} from '../observability/bundle';
import { clustersOf } from '../gitops/clusters';
import { LOGSTREAM } from '../observability/logstream';
import { kubectl, shell } from './shell';

/**
 * `docs/observability.md`: what is scraped and by whom, how long it has to be kept, and what is left to do.
 *
 * @internal
 */
export function observabilityDocument(
  { spec }: CoderDeployment,
  plan: Plan,
): string {
  const { minLogRetentionDays, preferredLogRetentionDays } = SCALING;
  const months = SCALING.minMetricRetentionMonths;
  const source = ({ title, url }: { title: string; url?: string }) =>
    url ? `[${title}](${url})` : title;
  return [
    '# Observability',
    stack(spec, plan),
    '## Retention',
    markdownTable(
      ['What', 'kept at least', 'source', 'here'],
      [
        [
          'logs',
          `${minLogRetentionDays.value} days, better ${preferredLogRetentionDays.value}`,
          source(minLogRetentionDays.source),
          hasBundle(spec)
            ? `${RETENTION.logDays} days`
            : 'set it in the stack of the cluster',
        ],
        [
          'metrics',
          `${months.value} months`,
          source(months.source),
          hasBundle(spec)
            ? `${RETENTION.metricDays} days, or until the volume is full`
            : 'set it in the stack of the cluster',
        ],
        [
          'backups',
          `${spec.backup.retentionDays} days`,
          '`spec.backup.retentionDays`',
          'the backup job removes older ones, never the newest three',
        ],
      ],
    ),
    'Audit logs are in the database of Coder, and so in its backups.',
    '## Network',
    `Metrics are read from namespaces with the label \`${MONITORING_NAMESPACE_LABEL}=true\` alone. ${
      hasBundle(spec)
        ? 'That of the bundle has it. Give it to another one that reads them:'
        : 'Give it to the namespace of your Prometheus in each cluster:'
    }`,
    shell(
      ...clustersOf(spec.regions).map(
        cluster =>
          `${kubectl({ cluster })} label namespace MONITORING ${MONITORING_NAMESPACE_LABEL}=true`,
      ),
    ),
    ...(hasBundle(spec) ? intoBundle(spec) : []),
    ...(spec.observability?.logstream
      ? [
          '## Events of workspaces',
          `\`${LOGSTREAM.chart}\` shows why a workspace does not start in its own startup log. Templates have to use a Deployment with \`wait_for_rollout = false\`.`,
        ]
      : []),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Who may call into the namespace of the bundle, and how people come to its Grafana. */
function intoBundle(spec: DeploymentSpec): readonly string[] {
  return [
    `Pods of other namespaces do not reach \`${BUNDLE.namespace}\`: Prometheus, Alertmanager and Loki ask nobody who one is. Grafana is reached from your machine:`,
    shell(
      ...clustersOf(spec.regions).map(
        cluster =>
          `${kubectl({ cluster, namespace: BUNDLE.namespace })} port-forward service/grafana 3000:80`,
      ),
    ),
    `An Ingress controller or a Gateway reaches it from namespaces with the label \`${GATEWAY_NAMESPACE_LABEL}=true\`. Policies add up: whoever else has to come in (a load balancer that calls pods, another Prometheus that federates) needs one of your own there.`,
  ];
}

function stack(spec: CoderDeployment['spec'], plan: Plan): string {
  const { namespace } = plan.controlPlane;
  switch (spec.observability?.type) {
    case 'coder-observability':
      return [
        `Coder's observability bundle (\`${BUNDLE.chart}\` ${BUNDLE.version}) stands in \`${BUNDLE.namespace}\` of each cluster: Prometheus, Alertmanager, Loki, Grafana and their agents, with dashboards and alerts for Coder. One cluster has one of it; a second deployment there is observed by the Prometheus operator or by annotations.`,
        `Its Grafana asks who one is: \`${GRAFANA_SECRET.name}\` in [secrets.md](./secrets.md) holds the administrator. It does not look into PostgreSQL: set \`global.postgres\` for that, with a role that may only read.`,
        'Its alerts know no backups: the portal watches them, by the reports of the jobs.',
      ].join('\n\n');
    case 'prometheus-operator':
      return `The Prometheus operator scrapes by the ServiceMonitors, alerts by \`kubernetes/control-plane/alerts.yaml\`, and Grafana's sidecar takes the dashboards from ConfigMaps in \`${namespace}\`. Alerts on disks, nodes and PostgreSQL are those of your stack.`;
    default:
      return 'Prometheus scrapes what the annotations of the pods name. There are no alerts here: with `spec.observability.type: prometheus-operator` they are rendered, with dashboards.';
  }
}
