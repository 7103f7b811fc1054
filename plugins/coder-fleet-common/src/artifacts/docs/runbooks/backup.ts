import type { Plan } from '../../../architecture/plan';
import { kubectl, shell } from '../shell';

/** @internal */
export function backupRunbook({ controlPlane }: Plan): string[] {
  const home = kubectl(controlPlane);
  return [
    '## Backup',
    'A backup is overdue, or its job failed. What the last runs said:',
    shell(
      `${home} get cronjob,job --selector app.kubernetes.io/name=coder-backup`,
      `${home} logs --selector app.kubernetes.io/name=coder-backup --tail 50`,
    ),
    'The last line of a failed run says why; the portal shows the same on the page of the deployment, Backups. Mend it and run one now; the command waits for its end, and fails when the backup does:',
    shell('make backup-now'),
    '- "of PostgreSQL … and the server of …": the server has a new major version. Set `spec.database.version`, render, build the image of `kubernetes/backup/Containerfile`.\n' +
      '- "No space left on device": the dump does not fit into `/work` of the pod, or the volume of backups is full.\n' +
      '- "The encryption keys are missing": the Secret of the keys is not in the namespace. Without it no backup is of use.',
  ];
}
