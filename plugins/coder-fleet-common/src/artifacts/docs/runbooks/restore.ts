import { ARTIFACT_PATHS } from '../../artifact';
import { backupSecrets } from '../../backup/jobs';
import { BOOTSTRAP_SECRET } from '../../bootstrap/bootstrap';
import { bootstrapSecrets, isHandedOver } from '../../bootstrap/handOver';
import { CNPG_CLUSTER, CNPG_CLUSTER_LABEL } from '../../kubernetes/database';
import { readSecret, replaceSecret } from '../createSecret';
import { kubectl, numbered, shell, strictly } from '../shell';
import type { RunbookContext } from './context';
import { pause, resume, startOne, stop } from './control';

const TARGET_SECRET = { name: 'coder-restore-target', key: 'url' };

/** @internal */
export function restoreRunbook(context: RunbookContext): string[] {
  const { deployment, plan } = context;
  const { spec } = deployment;
  const { destination } = spec.backup;
  // Beside those of the set, what the pod mounts: it does not start without
  const secrets = [
    ...backupSecrets(spec),
    ...(destination.type === 'rclone' ? [destination.configSecret.name] : []),
  ];
  const isOperated = spec.database.type === 'cloudnative-pg';
  return [
    '## Restore',
    'The database is lost or wrong. A restore goes into an empty database, all of it or nothing, and ends with a comparison of schema and rows with the manifest of the backup.',
    ...numbered(
      [
        pause(context),
        ['Stop Coder, so that nothing writes:', stop(context)],
        emptyDatabase(context),
        [
          `Have the Secrets in the namespace${
            spec.database.encryption?.enabled
              ? ', that of the keys of encryption with the key of the time of the backup'
              : ''
          }: ${secrets.map(name => `\`${name}\``).join(', ')}.`,
        ],
        restoreJob(context),
        ...(isOperated ? [] : [newUrl(context)]),
        [
          'Start Coder with the version that the last lines of the log name, with one replica. An older version refuses the database; a newer one migrates it, and then there is no way back to the old one:',
          ...startOne(context, 'VERSION_OF_THE_BACKUP'),
        ],
        resume(
          context,
          `Have that version in \`spec.release\` of \`${ARTIFACT_PATHS.deployment}\` (\`{ version: … }\`), and render: what is applied next must not bring another one.`,
        ),
        [
          `Look at the health page, open a workspace, and make a backup (\`make backup-now\`). ${
            plan.provisioners.length > 0
              ? `Keys and tokens that were made since the backup are unknown to this database: create \`${BOOTSTRAP_SECRET.name}\` as [Rotate keys](#rotate-keys) says, with the password of the Owner of that time, and run \`make bootstrap${bootstrapSecrets(plan).some(secret => isHandedOver(plan, secret)) ? ' hand-over' : ''} restart\`. The Job asks Coder for each, and makes those anew that it does not know. `
              : ''
          }Workspaces that were made since are unknown as well; their pods have the label \`com.coder.workspace.id\`.`,
        ],
      ],
      0,
    ),
    'How long it takes, the last restore drill says: portal, Backups. `verify.sh` reads a set back without a database.',
  ];
}

function emptyDatabase({ deployment, plan }: RunbookContext): string[] {
  const home = kubectl(plan.controlPlane);
  if (deployment.spec.database.type === 'cloudnative-pg') {
    return [
      'Put the old database aside, and create an empty one of the same name: the operator keeps the URL. When the whole cluster of PostgreSQL is new, its database is empty, and there is nothing to do:',
      shell(
        `PRIMARY=$(${home} get pods --selector ${CNPG_CLUSTER_LABEL}=${CNPG_CLUSTER},cnpg.io/instanceRole=primary --output name)`,
        `${home} exec "$PRIMARY" --container postgres -- psql --set ON_ERROR_STOP=1 --command "ALTER DATABASE coder RENAME TO coder_before_$(date -u +%Y%m%d_%H%M)" --command "CREATE DATABASE coder OWNER coder ENCODING 'UTF8' TEMPLATE template0"`,
      ),
    ];
  }
  const secret = {
    ...plan.controlPlane,
    ...deployment.spec.database.connectionSecret,
  };
  return [
    'Create an empty database. On the same server, beside the old one, of which nothing is lost:',
    strictly(
      'DATABASE=coder_$(date -u +%Y%m%d_%H%M)',
      `psql --host DATABASE_HOST --username ADMINISTRATOR --dbname postgres --set ON_ERROR_STOP=1 --command 'GRANT coder TO CURRENT_USER' --command "CREATE DATABASE $DATABASE OWNER coder ENCODING 'UTF8' TEMPLATE template0" --command "REVOKE ALL ON DATABASE $DATABASE FROM PUBLIC" --command 'REVOKE coder FROM CURRENT_USER'`,
      ...readSecret(
        secret,
        './url',
        'sed -E "s#^([^/]*//[^/]*/)[^?]*#\\1$DATABASE#"',
      ),
    ),
    `On another server, steps 1 and 2 of the README, Database, make the role, an empty database and the file \`${secret.key}\`${secret.key === 'url' ? '' : ', to be renamed to `url`'}. Then, on either:`,
    shell(
      replaceSecret({
        ...plan.controlPlane,
        ...TARGET_SECRET,
        keys: [TARGET_SECRET.key],
      }),
    ),
  ];
}

function restoreJob({ deployment, plan }: RunbookContext): string[] {
  const home = kubectl(plan.controlPlane);
  const { connectionSecret } = deployment.spec.database;
  const { name, key } =
    deployment.spec.database.type === 'cloudnative-pg'
      ? connectionSecret
      : TARGET_SECRET;
  return [
    'Run `restore.sh` where the backup job runs. An empty `SET` means the newest complete set; name another one as the log of its backup does (`20260101T030000Z-a1b2c3`):',
    shell(
      'SET=',
      `${home} delete job coder-restore --ignore-not-found`,
      `${home} create job --from=cronjob/coder-backup coder-restore --dry-run=client --output yaml > restore-job.yaml`,
      `kubectl patch --local --filename restore-job.yaml --type json --output yaml --patch '[{"op":"add","path":"/spec/backoffLimit","value":0},{"op":"replace","path":"/spec/template/spec/containers/0/command","value":["bash","/scripts/restore.sh","'"$SET"'"]},{"op":"add","path":"/spec/template/spec/containers/0/env/-","value":{"name":"TARGET_DATABASE_URL","valueFrom":{"secretKeyRef":{"name":"${name}","key":"${key}"}}}}]' | ${home} apply --filename -`,
      `until ${home} logs --follow job/coder-restore; do sleep 5; done`,
      `${home} wait job/coder-restore --for=condition=complete --timeout=1m`,
    ),
    'Go on only when the last command says that the condition is met. Else the log of its pod, the only one, says why. Before "comparing with the manifest" the database is still empty, and the step can be done again; after it, make an empty one first.',
  ];
}

function newUrl({ deployment, plan }: RunbookContext): string[] {
  const home = kubectl(plan.controlPlane);
  const { name, key } = deployment.spec.database.connectionSecret;
  return [
    `Put the URL of the restored database into \`${name}\`, and take the other Secret away. Where a store holds \`${name}\`, change it there:`,
    strictly(
      `${home} create secret generic ${name} --from-file=${key}=./url --dry-run=client --output yaml | ${home} apply --server-side --force-conflicts --filename -`,
      `${home} delete secret ${TARGET_SECRET.name}`,
      'rm ./url',
    ),
  ];
}
