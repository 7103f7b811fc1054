import { conclude, expect } from '../conclude';
import { REPOSITORY } from '../declared';
import { LINKS } from '../links';
import { at, declaredObjects, listAt, objectsOf } from '../manifests';
import type { Rule } from '../rule';

/** What somebody has to be told of, and the metric that tells it. */
const TOLD: ReadonlyArray<[string, RegExp]> = [
  ['replicas', /\bup\{|kube_deployment_status_replicas/],
  ['failed builds', /coderd_provisionerd_job_timings/],
  ['licence seats', /coderd_license_/],
  [
    'backups',
    /kube_cronjob_status_last_successful_time\{[^}]*cronjob="coder-backup"/,
  ],
  [
    'restore drills',
    /kube_cronjob_status_last_successful_time\{[^}]*cronjob="coder-restore-drill"/,
  ],
];

const alerts: Rule = {
  id: 'FLT-OBS-001',
  chapter: 'observability',
  title: 'Declared monitors and alerts cover Coder and its backups',
  origin: 'fleet',
  severity: 'medium',
  rationale:
    'Alerts of Coder know nothing of backups, and those of the cluster nothing of Coder.',
  remediation:
    'Apply ServiceMonitor and PrometheusRule of the repository as they were rendered.',
  url: LINKS.cvaObservability,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    if (look.spec.observability?.type !== 'prometheus-operator') {
      return {
        verdict: 'skip',
        message: 'The Prometheus operator was not asked for',
        evidence: [],
      };
    }
    const { namespace } = look.plan.controlPlane;
    return conclude(
      declaredObjects(look, repository => {
        const monitors = objectsOf(repository, 'ServiceMonitor', namespace);
        const expressions = objectsOf(repository, 'PrometheusRule', namespace)
          .flatMap(({ object }) => listAt(object, 'spec', 'groups'))
          .flatMap(group => listAt(group, 'rules'))
          .map(rule => String(at(rule, 'expr')));
        return [
          expect(monitors.length > 0, {
            fact: REPOSITORY,
            subject: 'monitors of the control plane',
            seen: monitors.map(({ name }) => name).join(', ') || 'none',
            wanted: 'at least one',
          }),
          ...TOLD.map(([subject, pattern]) => {
            const count = expressions.filter(text => pattern.test(text)).length;
            return expect(count > 0, {
              fact: REPOSITORY,
              subject: `alerts on ${subject}`,
              seen: String(count),
              wanted: 'at least one',
            });
          }),
        ];
      }),
      'Monitors and alerts cover Coder and its backups',
    );
  },
};

/** @internal */
export const DECLARED_ALERT_RULES: readonly Rule[] = [alerts];
