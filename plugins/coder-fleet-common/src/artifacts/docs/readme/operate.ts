import type { Plan } from '../../../architecture/plan';
import type { CoderDeployment } from '../../../deployment/DeploymentSpec';
import { deploymentOf } from '../../helm/deploymentOf';
import { kubectl, shell } from '../shell';
import { publicNames } from './names';

/**
 * How one sees that it runs.
 *
 * @internal
 */
export function verifySection(
  { spec }: CoderDeployment,
  plan: Plan,
): readonly string[] {
  const { replicas } = plan.controlPlane;
  return [
    '## Verify',
    shell(
      ...[plan.controlPlane, ...plan.provisioners, ...plan.proxies].map(
        release =>
          `${kubectl(release)} rollout status ${deploymentOf(plan, release)}`,
      ),
      ...publicNames(spec, plan).map(
        ({ host }) => `curl --fail https://${host}/healthz`,
      ),
      `curl --fail ${spec.accessUrl}/api/v2/buildinfo`,
    ),
    `${replicas.value} ready replica${replicas.value === 1 ? '' : 's'} of version ${plan.release.version.value} are expected.`,
  ];
}

/**
 * What is backed up when, and the first backup.
 *
 * @internal
 */
export function backupsSection(
  { spec }: CoderDeployment,
  plan: Plan,
): readonly string[] {
  const { report, schedule, drillSchedule, retentionDays } = spec.backup;
  return [
    '## Backups',
    `The database is dumped at \`${schedule}\` UTC, kept for ${retentionDays} days, and read back; at \`${drillSchedule}\` UTC the newest dump is restored into a scratch database, compared with its manifest and timed.`,
    ...(report
      ? [
          `Issue a report token in the portal (the deployment, Backups), put it into a file \`${report.tokenSecret.key}\`, and create the Secret. Without it the jobs run, and keep their reports for the first run that has one:`,
          shell(
            `${kubectl(plan.controlPlane)} create secret generic ${report.tokenSecret.name} --from-file=${report.tokenSecret.key}=./${report.tokenSecret.key}`,
          ),
        ]
      : [
          'Nobody hears of the runs: set `spec.backup.report`, and the portal shows them.',
        ]),
    'Make the first backup, and prove it, before users come. Each command waits for its Job and shows its log; the drill needs a complete backup:',
    shell('make backup-now', 'make drill-now'),
    'What to do when a run fails, and how to restore: [docs/runbooks.md](./docs/runbooks.md).',
  ];
}

/**
 * What the portal needs for more than version and reachability.
 *
 * @internal
 */
export function trackingSection({ spec }: CoderDeployment): readonly string[] {
  return [
    '## Tracking',
    `The portal tracks version and reachability without a token. For health and replicas it needs an Owner's token for the origin ${spec.accessUrl}:`,
    shell('coder tokens create --name coder-fleet --lifetime 2160h'),
    "Give it to the portal's administrators for `coderFleet.credentials`. It is never kept here.",
  ];
}
