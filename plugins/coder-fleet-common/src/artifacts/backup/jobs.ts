import type { Plan } from '../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../deployment/DeploymentSpec';
import type { NetworkPolicy } from '../../network/networkPolicy';
import { EnvVar, envList, fromSecret, literal } from '../helm/values';
import { imageOf, publicJobBase } from '../images';
import type { Folder } from '../kubernetes/folder';
import {
  jobImage,
  JOB_UID,
  jobPod,
  type JobVolume,
} from '../kubernetes/jobPod';
import type { KubernetesObject } from '../kubernetes/object';
import { ownLabels } from '../kubernetes/object';
import { policy, tcp, TO_DNS } from '../kubernetes/policy';
import { PORTS, webPorts } from '../kubernetes/ports';
import { BACKUP_SCRIPTS } from './scripts.generated';

const SCRIPTS = { name: 'coder-backup-scripts', path: '/scripts' };
const VOLUME = { name: 'coder-backups', path: '/backups' };
const RCLONE_PATH = '/etc/rclone';
const TOKEN_PATH = '/etc/coder-fleet';

/**
 * A job that runs longer hangs. This project's own figure.
 *
 * @internal
 */
export const MAX_JOB_SECONDS = 6 * 60 * 60;

/**
 * Folder of the jobs that back up and prove it, with their scripts and the description of their image.
 *
 * @internal
 */
export function backupFolder(deployment: CoderDeployment, plan: Plan): Folder {
  const { namespace } = plan.controlPlane;
  const { backup } = deployment.spec;
  const labels = ownLabels(deployment.metadata.name, 'backup');
  return {
    path: 'kubernetes/backup',
    files: [
      [
        'service-account.yaml',
        [
          {
            apiVersion: 'v1',
            kind: 'ServiceAccount',
            metadata: { name: 'coder-backup', namespace, labels },
            automountServiceAccountToken: false,
          },
        ],
      ],
      [
        'volume.yaml',
        backup.destination.type === 'volume'
          ? [volumeClaim(backup.destination, namespace, labels)]
          : [],
      ],
      [
        'cron-jobs.yaml',
        [
          backupJob(deployment, plan, labels),
          drillJob(deployment, plan, labels),
        ],
      ],
      [
        'network-policies.yaml',
        [backupPolicy(deployment.spec, namespace, labels) as KubernetesObject],
      ],
    ],
    configMaps: [
      {
        name: SCRIPTS.name,
        namespace,
        files: Object.entries(BACKUP_SCRIPTS).map(([name, content]) => ({
          name,
          content,
        })),
      },
    ],
    beside: [
      { name: 'Containerfile', content: containerfile(deployment.spec) },
    ],
  };
}

/**
 * Secrets that belong to a backup: without them the database is of no use, or nobody gets in. Keys of provisioners and
 * tokens of proxies do not: the bootstrap Job renews those that a restored database does not know.
 *
 * @internal
 */
export function backupSecrets(spec: DeploymentSpec): string[] {
  const { connectionSecret, encryption } = spec.database;
  return [
    connectionSecret.name,
    ...(encryption?.enabled ? [encryption.keysSecret.name] : []),
    ...(spec.exposure?.tls ? [spec.exposure.tls.secret] : []),
  ];
}

function backupJob(
  deployment: CoderDeployment,
  plan: Plan,
  labels: Record<string, string>,
): KubernetesObject {
  const { spec } = deployment;
  return cronJob({
    deployment,
    plan,
    labels,
    name: 'coder-backup',
    schedule: spec.backup.schedule,
    script: 'backup.sh',
    env: [
      fromSecret('CODER_PG_CONNECTION_URL', spec.database.connectionSecret),
      literal('BACKUP_RETENTION_DAYS', String(spec.backup.retentionDays)),
      literal('BACKUP_SCHEDULE', spec.backup.schedule),
      literal('BACKUP_SECRETS', backupSecrets(spec).join(' ')),
      literal(
        'CODER_URL',
        `http://coder.${plan.controlPlane.namespace}.svc.cluster.local`,
      ),
      ...(spec.database.encryption?.enabled
        ? [literal('ENCRYPTION', 'true')]
        : []),
    ],
  });
}

function drillJob(
  deployment: CoderDeployment,
  plan: Plan,
  labels: Record<string, string>,
): KubernetesObject {
  return cronJob({
    deployment,
    plan,
    labels,
    name: 'coder-restore-drill',
    schedule: deployment.spec.backup.drillSchedule,
    script: 'drill.sh',
    env: [],
  });
}

function cronJob(options: {
  deployment: CoderDeployment;
  plan: Plan;
  labels: Record<string, string>;
  name: string;
  schedule: string;
  script: keyof typeof BACKUP_SCRIPTS;
  env: readonly EnvVar[];
}): KubernetesObject {
  const { deployment, plan, labels, name, schedule, script, env } = options;
  const { spec } = deployment;
  const { destination, report } = spec.backup;
  const { encryption } = spec.database;
  const volumes: JobVolume[] = [
    {
      path: SCRIPTS.path,
      readOnly: true,
      volume: {
        name: 'scripts',
        configMap: { name: SCRIPTS.name, defaultMode: 0o555 },
      },
    },
    { path: '/work', volume: { name: 'work', emptyDir: {} } },
    { path: '/tmp', volume: { name: 'tmp', emptyDir: {} } },
    destination.type === 'volume'
      ? {
          path: VOLUME.path,
          volume: {
            name: 'backups',
            persistentVolumeClaim: { claimName: VOLUME.name },
          },
        }
      : {
          path: RCLONE_PATH,
          readOnly: true,
          volume: {
            name: 'rclone',
            secret: {
              secretName: destination.configSecret.name,
              items: [
                { key: destination.configSecret.key, path: 'rclone.conf' },
              ],
            },
          },
        },
    ...(report
      ? [
          {
            path: TOKEN_PATH,
            readOnly: true,
            volume: {
              name: 'report-token',
              secret: {
                secretName: report.tokenSecret.name,
                // A backup, and all the more a restore, does not wait for a token of the portal
                optional: true,
                items: [{ key: report.tokenSecret.key, path: 'token' }],
              },
            },
          },
        ]
      : []),
  ];
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace: plan.controlPlane.namespace, labels },
    spec: {
      schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 1,
          activeDeadlineSeconds: MAX_JOB_SECONDS,
          template: {
            metadata: { labels },
            spec: {
              ...jobPod({
                spec,
                serviceAccount: 'coder-backup',
                container: {
                  name: 'backup',
                  command: ['bash', `${SCRIPTS.path}/${script}`],
                  env: envList([
                    ...env,
                    literal('DEPLOYMENT', deployment.metadata.name),
                    literal('HOME', '/work'),
                    literal('WORK_DIR', '/work'),
                    literal(
                      'BACKUP_DESTINATION',
                      destination.type === 'volume'
                        ? VOLUME.path
                        : destination.remote,
                    ),
                    ...(destination.type === 'rclone'
                      ? [literal('RCLONE_CONFIG', `${RCLONE_PATH}/rclone.conf`)]
                      : []),
                    ...(report
                      ? [
                          literal('REPORT_URL', report.url),
                          literal('REPORT_TOKEN_FILE', `${TOKEN_PATH}/token`),
                        ]
                      : []),
                    ...(encryption?.enabled
                      ? [
                          fromSecret(
                            'CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS',
                            encryption.keysSecret,
                          ),
                        ]
                      : []),
                  ]),
                  resources: {
                    requests: { cpu: '250m', memory: '512Mi' },
                    limits: { cpu: '2', memory: '2Gi' },
                  },
                },
                volumes,
              }),
              // Time to report that it was stopped
              terminationGracePeriodSeconds: 60,
            },
          },
        },
      },
    },
  };
}

function volumeClaim(
  destination: { size: string; storageClass?: string },
  namespace: string,
  labels: Record<string, string>,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: VOLUME.name, namespace, labels },
    spec: {
      accessModes: ['ReadWriteOnce'],
      ...(destination.storageClass && {
        storageClassName: destination.storageClass,
      }),
      resources: { requests: { storage: destination.size } },
    },
  };
}

/** Database, store and portal are reached; nobody calls a job. */
function backupPolicy(
  spec: DeploymentSpec,
  namespace: string,
  labels: Record<string, string>,
): NetworkPolicy {
  return policy(namespace, 'coder-backup', {
    podSelector: { matchLabels: labels },
    policyTypes: ['Ingress', 'Egress'],
    egress: [
      TO_DNS,
      { ports: tcp(PORTS.postgres) },
      { ports: tcp(...webPorts(spec)) },
      { ports: tcp(PORTS.http) },
    ],
  });
}

function containerfile(spec: DeploymentSpec): string {
  const base = imageOf(spec, publicJobBase(spec));
  return [
    `# The image of the jobs, ${jobImage(spec)}: the tools of the server's own major version,`,
    '# what uploads, what reports, and what sets Coder up. Build it once for all deployments of this major and push it.',
    `FROM ${base}`,
    'RUN apt-get update \\',
    '  && apt-get install --yes --no-install-recommends ca-certificates curl jq rclone \\',
    '  && rm -rf /var/lib/apt/lists/*',
    `USER ${JOB_UID}`,
    '',
  ].join('\n');
}
