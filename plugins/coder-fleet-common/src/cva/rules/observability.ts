import { conclude, expect } from '../conclude';
import { envValue, releases, REPOSITORY, declared } from '../declared';
import type { StatementId } from '../evidence';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import type { Rule } from '../rule';

/** Source: Coder docs, scale Coder. */
const LOG_DAYS = 30;
const LOG_DAYS_PREFERRED = 90;
const METRIC_DAYS = 182;

const prometheus: Rule = {
  id: 'CVA-OBS-001',
  chapter: 'observability',
  title: 'Metrics for Prometheus are on',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Without metrics nobody sees a shortage of replicas, connections or provisioners coming.',
  remediation:
    'Set CODER_PROMETHEUS_ENABLE to "true": only this literal makes the chart open the port.',
  url: LINKS.cvaObservability,
  needs: [REPOSITORY, 'coderApi.serverOptions'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const name = 'CODER_PROMETHEUS_ENABLE';
    return conclude(
      [
        ...declared(look, (_, repository) =>
          releases(repository).map(release => {
            const value = envValue(release.values, name);
            return expect(value === 'true', {
              fact: REPOSITORY,
              subject: `${name} of the ${release.name}`,
              seen: value ?? 'not set',
              wanted: 'true',
            });
          }),
        ),
        ...look.running('coderApi.serverOptions', ({ [name]: option }) => [
          expect(option?.value === true, {
            fact: 'coderApi.serverOptions',
            subject: `${name} of the running server`,
            seen: String(option?.value ?? 'not set'),
            wanted: 'true',
          }),
        ]),
      ],
      'Metrics are on',
    );
  },
};

const scraped: Rule = {
  id: 'CVA-OBS-002',
  chapter: 'observability',
  title: 'Prometheus scrapes the control plane',
  origin: 'cva',
  severity: 'high',
  rationale:
    'Metrics that nobody collects are gone the next moment: no alert and no graph comes of them.',
  remediation:
    'Apply the monitors of the repository, and let NetworkPolicies admit Prometheus to port 2112.',
  url: LINKS.cvaObservability,
  needs: ['prometheus.targets'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('prometheus.targets', targets => {
        const ours = targets.filter(({ role }) => role === 'control-plane');
        const up = ours.filter(target => target.up).length;
        return [
          expect(ours.length > 0 && up === ours.length, {
            fact: 'prometheus.targets',
            subject: 'targets of the control plane that are up',
            seen: `${up} of ${ours.length}`,
            wanted: 'all, and at least one',
          }),
        ];
      }),
      'Prometheus scrapes the control plane',
    ),
};

const stack: Rule = {
  id: 'CVA-OBS-003',
  chapter: 'observability',
  title: "Coder's observability bundle, or an equal, is deployed",
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Dashboards, alerts and runbooks that others made for Coder show what to look at when something is slow.',
  remediation:
    'Install the chart coder-observability, or attest that a stack of your own does the same.',
  url: LINKS.cvaObservability,
  needs: ['kubernetes.helmReleases', 'attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const fact = 'kubernetes.helmReleases';
    const bundle = look
      .value(fact)
      ?.find(({ chart }) => chart === 'coder-observability');
    return conclude(
      [
        bundle
          ? expect(bundle.status === 'deployed', {
              fact,
              subject: 'release of coder-observability',
              seen: `${bundle.chartVersion}, ${bundle.status}`,
              wanted: 'deployed',
            })
          : look.attested('observability-stack'),
      ],
      'A stack for observability is deployed',
    );
  },
};

/**
 * What should wake somebody, by parts of the names of metrics.
 * Source: Coder docs, Prometheus; the alerts of Coder's observability bundle.
 */
const WATCHED: ReadonlyArray<[string, RegExp]> = [
  ['CPU or memory of the control plane', /^container_(?:cpu|memory)/],
  [
    'restarts or replicas',
    /^kube_(?:pod_container_status_restarts|deployment_status_replicas|pod_status)/,
  ],
  ['builds of workspaces', /^coderd_(?:workspace|api_workspace|provisionerd)/],
  ['the database', /^(?:pg_|go_sql_|coderd_db_)/],
  ['licence seats', /^coderd_license_/],
];

const alerts: Rule = {
  id: 'CVA-OBS-004',
  chapter: 'observability',
  title: 'Alerts watch the metrics that matter',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Nobody looks at graphs at night: what has no alert is found by the people who cannot work.',
  remediation:
    'Add alerts on the areas that the finding names, or attest that they exist elsewhere.',
  url: LINKS.cvaObservability,
  needs: ['prometheus.alertRules', 'attestations.statements'],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge(look) {
    const fact = 'prometheus.alertRules';
    const rules = look.value(fact);
    return conclude(
      rules
        ? WATCHED.map(([subject, pattern]) => {
            const found = rules.filter(({ metrics }) =>
              metrics.some(metric => pattern.test(metric)),
            );
            return expect(
              found.length > 0,
              {
                fact,
                subject: `alerts on ${subject}`,
                seen: found.map(({ name }) => name).join(', ') || 'none',
                wanted: 'at least one',
              },
              'warn',
            );
          })
        : [look.attested('alerts-reviewed')],
      'Alerts watch the metrics that matter',
    );
  },
};

const logs: Rule = {
  id: 'DOC-OBS-001',
  chapter: 'observability',
  title: `Logs are kept for at least ${LOG_DAYS} days`,
  origin: 'coder-docs',
  severity: 'low',
  rationale: 'Most questions come weeks later.',
  remediation: `Keep logs for ${LOG_DAYS} days at least, better ${LOG_DAYS_PREFERRED}.`,
  url: LINKS.scaleCoder,
  needs: ['prometheus.retention', 'attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      [
        retention(look, {
          subject: 'days that logs are kept',
          days: look.value('prometheus.retention')?.logsDays,
          wanted: LOG_DAYS,
          statement: 'log-retention',
        }),
      ],
      'Logs are kept long enough',
    ),
};

const metrics: Rule = {
  id: 'DOC-OBS-002',
  chapter: 'observability',
  title: 'Metrics are kept for at least 6 months',
  origin: 'coder-docs',
  severity: 'low',
  rationale: 'Growth is seen over months, and so is when the next tier is due.',
  remediation:
    'Raise the retention of Prometheus, or write to a long-term store.',
  url: LINKS.scaleCoder,
  needs: ['prometheus.retention', 'attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      [
        retention(look, {
          subject: 'days that metrics are kept',
          days: look.value('prometheus.retention')?.metricsDays,
          wanted: METRIC_DAYS,
          statement: 'metric-retention',
        }),
      ],
      'Metrics are kept long enough',
    ),
};

/** What was measured; where nothing was, somebody's word. */
function retention(
  look: Look,
  options: {
    subject: string;
    days: number | undefined;
    wanted: number;
    statement: StatementId;
  },
): Check {
  const { subject, days, wanted, statement } = options;
  return days === undefined
    ? look.attested(statement)
    : expect(days >= wanted, {
        fact: 'prometheus.retention',
        subject,
        seen: String(days),
        wanted: `at least ${wanted}`,
      });
}

/**
 * Chapter "Observability".
 *
 * @internal
 */
export const OBSERVABILITY_RULES: readonly Rule[] = [
  prometheus,
  scraped,
  stack,
  alerts,
  logs,
  metrics,
];
