import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { ARTIFACT_PATHS } from '../artifact';
import { backupSecrets } from '../backup/jobs';
import { bootstrapSecrets, isHandedOver } from '../bootstrap/handOver';
import { markdownText } from '../markdown';

/**
 * `docs/runbooks.md`: what to do when, with the names of this deployment. Only checked names and URLs
 * stand in commands.
 * Sources: Coder docs, upgrade and upgrade practice; CVA, disaster recovery and scaling.
 *
 * @internal
 */
export function runbooksDocument(
  deployment: CoderDeployment,
  plan: Plan,
): string {
  return [
    `# Runbooks of ${markdownText(deployment.spec.displayName)}`,
    `Commands are for the cluster \`${plan.controlPlane.cluster}\` unless they say otherwise. Alerts lead here.`,
    ...backup(plan),
    ...restore(deployment, plan),
    ...upgrade(deployment, plan),
    ...rollback(),
    ...scale(plan),
    ...rotateKeys(deployment, plan),
    ...outage(deployment, plan),
  ]
    .join('\n\n')
    .concat('\n');
}

function backup({ controlPlane }: Plan): string[] {
  const { namespace } = controlPlane;
  return [
    '## Backup',
    'A backup is overdue, or its job failed. What the last runs said:',
    shell(
      `kubectl --namespace ${namespace} get cronjob,job --selector app.kubernetes.io/name=coder-backup`,
      `kubectl --namespace ${namespace} logs --selector app.kubernetes.io/name=coder-backup --tail 50`,
    ),
    'The last line of a failed run says why; the portal shows the same on the page of the deployment, Backups. Mend it and run one now:',
    shell('make backup-now'),
    '- "of PostgreSQL … and the server of …": the server has a new major version. Set `spec.database.version`, render, build the image of `kubernetes/backup/Containerfile`.\n' +
      '- "No space left on device": the dump does not fit into `/work` of the pod, or the volume of backups is full.\n' +
      '- "The encryption keys are missing": the Secret of the keys is not in the namespace. Without it no backup is of use.',
  ];
}

function restore({ spec }: CoderDeployment, plan: Plan): string[] {
  const { namespace } = plan.controlPlane;
  const secrets = backupSecrets(spec);
  return [
    '## Restore',
    'The database is lost or wrong. A restore goes into an empty database, all of it or nothing, and ends with a comparison of schema and rows with the manifest of the backup.',
    '1. Stop Coder, so that nothing writes:',
    shell(
      `kubectl --namespace ${namespace} scale deployment coder --replicas=0`,
    ),
    '2. Create an empty database beside the old one, if that still answers; do not drop what may be needed. Put its URL into a Secret:',
    shell(
      `kubectl --namespace ${namespace} create secret generic coder-restore-target --from-file=url=./url.txt && rm url.txt`,
    ),
    `3. Have the Secrets of the time of the backup in the namespace: ${secrets
      .map(name => `\`${name}\``)
      .join(', ')}.`,
    '4. Run `restore.sh` where the backup job runs. Without an argument it takes the newest complete set; name another one after it:',
    shell(
      `kubectl --namespace ${namespace} create job --from=cronjob/coder-backup coder-restore --dry-run=client --output yaml > restore-job.yaml`,
      "sed -i 's|/scripts/backup.sh|/scripts/restore.sh|' restore-job.yaml",
      'kubectl patch --local --filename restore-job.yaml --type json --output yaml --patch \'[{"op": "add", "path": "/spec/template/spec/containers/0/env/-", "value": {"name": "TARGET_DATABASE_URL", "valueFrom": {"secretKeyRef": {"name": "coder-restore-target", "key": "url"}}}}]\' | kubectl apply --filename -',
      `kubectl --namespace ${namespace} logs --follow job/coder-restore`,
    ),
    `5. Put the URL of the restored database into \`${spec.database.connectionSecret.name}\`, set \`spec.release\` to the version that the log of the restore names, and start Coder with it: an older one refuses the database, a newer one migrates it.`,
    shell(
      `kubectl --namespace ${namespace} scale deployment coder --replicas=${plan.controlPlane.replicas.value}`,
    ),
    '6. Look at the health page, open a workspace, and make a backup.',
    'How long it takes, the last restore drill says: portal, Backups. `verify.sh` reads a set back without a database.',
  ];
}

function upgrade({ spec }: CoderDeployment, plan: Plan): string[] {
  const { namespace, release, replicas } = plan.controlPlane;
  return [
    '## Upgrade',
    'There is no way back but a restore: an upgrade changes the database.',
    '1. Off-peak, with nobody building. Make a backup and see that it succeeded, and that the last restore drill did:',
    shell('make backup-now'),
    `2. Set \`spec.release\` in \`${ARTIFACT_PATHS.deployment}\`, render, read the difference, and tell the portal ("Declare an upgrade"), so that nobody is woken.`,
    '3. Migrations need the database for themselves: come up with one replica first.',
    shell(
      `kubectl --namespace ${namespace} scale deployment coder --replicas=0`,
      `helm upgrade ${release} coder-v2/coder --namespace ${namespace} --version NEW_VERSION --values ${ARTIFACT_PATHS.controlPlaneValues} --set coder.replicaCount=1`,
      `kubectl --namespace ${namespace} rollout status deployment/coder --timeout 20m`,
      `kubectl --namespace ${namespace} scale deployment coder --replicas=${replicas.value}`,
    ),
    'Usual are 4 to 7 minutes. After 15 minutes without a lock in the database, ask Coder: logs of the replica and of PostgreSQL, both versions, replicas and limits.',
    plan.provisioners.length + plan.proxies.length > 0
      ? '4. Provisioners and proxies have the minor version of the server: upgrade them at once, `make releases`.'
      : '4. Look at the health page, and open a workspace.',
    `Stuck: look at \`SELECT version, dirty FROM schema_migrations\`, and at who holds locks. The image that fits the version there starts again. ${
      spec.delivery && spec.delivery.type !== 'helm'
        ? 'Pause the GitOps tool meanwhile: it would bring back what you scale.'
        : ''
    }`.trim(),
  ];
}

function rollback(): string[] {
  return [
    '## Rollback',
    'Coder has none. To go back to an older version: [restore](#restore) the backup from before the upgrade, then start that version. What was done since then is lost; tell users before.',
  ];
}

function scale({ controlPlane, tier }: Plan): string[] {
  return [
    '## Scale',
    `This is the tier of ${tier.value} users with ${controlPlane.replicas.value} replicas. The plan in the README says what limits it next, and how far away that is.`,
    `Change \`spec.users\` or \`spec.workspaces\` in \`${ARTIFACT_PATHS.deployment}\`, render, and read the difference of plan and files before anything is applied. Grow the node groups first. From 10 replicas on go vertical instead.`,
    'Seats of the licence run out: ask for more, or suspend dormant users.',
  ];
}

function rotateKeys({ spec }: CoderDeployment, plan: Plan): string[] {
  const { namespace } = plan.controlPlane;
  const { encryption, connectionSecret } = spec.database;
  return [
    '## Rotate keys',
    `- Password of the database: let a second role log in first, change \`${connectionSecret.name}\`, restart the replicas one by one (\`kubectl --namespace ${namespace} rollout restart deployment/coder\`), then remove the first.`,
    ...(encryption?.enabled
      ? [
          `- Encryption: put the new key in front of the old one in \`${encryption.keysSecret.name}\`, restart, and run \`coder server dbcrypt rotate\`. Keep the old key for as long as a backup of its time is kept.`,
        ]
      : []),
    ...(plan.provisioners.length > 0
      ? [
          `- Provisioners and proxies: delete the Secret that the bootstrap Job made for the region (docs/secrets.md), run \`make bootstrap\`${bootstrapSecrets(plan).some(secret => isHandedOver(plan, secret)) ? ' and \`make hand-over\`' : ''}, and restart what reads it. The old key is void from then on.`,
        ]
      : []),
    '- Report token: issue a second one in the portal, replace it in the Secret, revoke the first. Both are good meanwhile.',
  ];
}

function outage({ spec }: CoderDeployment, plan: Plan): string[] {
  const { namespace } = plan.controlPlane;
  return [
    '## Outage',
    `1. Is it reached at all? \`curl --fail ${spec.accessUrl}/healthz\`. If not: DNS, certificate, load balancer, then the pods.`,
    shell(
      `kubectl --namespace ${namespace} get pods --selector app.kubernetes.io/name=coder --output wide`,
      `kubectl --namespace ${namespace} logs --selector app.kubernetes.io/name=coder --tail 100`,
      `kubectl --namespace ${namespace} get events --sort-by .lastTimestamp`,
    ),
    '2. Pending pods: the node group of the control plane lacks its label and taint, or room (README, Node groups).',
    '3. "database": does it answer from a pod, in less than 10 ms? Connections at their limit: `max_connections` of the plan.',
    '4. Builds hang: are provisioners connected, with the minor version of the server, and does an untagged job find one?',
    `5. For Coder's support: \`coder support bundle\`, and what the portal says of this deployment. It is at ${spec.accessUrl}; see docs/support.md.`,
  ];
}

function shell(...commands: string[]): string {
  return ['```sh', ...commands, '```'].join('\n');
}
