import { numbered, kubectl, shell } from '../shell';
import type { RunbookContext } from './context';
import { pauseApplications } from './control';

/**
 * What to do when the cluster of the control plane is gone: the way of the README, with a restore before Coder starts.
 *
 * @internal
 */
export function lostClusterRunbook(context: RunbookContext): string[] {
  const { deployment, plan } = context;
  const { spec } = deployment;
  const { cluster, namespace } = plan.controlPlane;
  const isOperated = spec.database.type === 'cloudnative-pg';
  const folders = [
    'control-plane',
    ...(isOperated ? ['database'] : []),
    'backup',
  ];
  return [
    '## A lost cluster',
    plan.proxies.length > 0
      ? `A region without the control plane: install its cluster anew as the [README](../README.md) says, and run \`make hand-over\`; nothing else is lost but the workspaces there. This is for \`${cluster}\`, which holds the control plane:`
      : `The cluster \`${cluster}\` is gone:`,
    ...numbered([
      // It stands elsewhere, and would start Coder in the new cluster as soon as it knows it
      ...(spec.delivery?.type === 'argo-cd'
        ? [pauseApplications(deployment)]
        : []),
      [
        `Make a new cluster, with the kubectl context \`${cluster}\` or another name in \`spec.regions\`; then render. Follow the [README](../README.md) up to the Secrets. They come from your own copy${
          spec.database.encryption?.enabled
            ? ': nobody can make the keys of encryption anew, and without them no backup is of use'
            : ''
        }. \`coder-bootstrap\` holds the present password of an Owner.`,
      ],
      ...(spec.backup.destination.type === 'volume'
        ? [
            [
              'Bring back the volume of backups: the claim `coder-backups` was in this cluster, and is lost with it unless its volume outlived it or a copy was kept elsewhere. With `spec.backup.destination` of the type `rclone` backups lie apart.',
            ],
          ]
        : []),
      ...(spec.database.objectStore
        ? [
            [
              'Give `spec.database.objectStore.destinationPath` another path, and render: CloudNativePG archives into no folder that an earlier cluster used.',
            ],
          ]
        : []),
      [
        isOperated
          ? 'The database was in the cluster. Apply what a restore needs, and nothing that starts Coder:'
          : 'When the database still answers, leave out this step and the next. When it is lost as well, apply what a restore needs, and nothing that starts Coder:',
        shell(
          ...folders.map(
            folder =>
              `${kubectl({ cluster })} apply --server-side --kustomize kubernetes/${folder}`,
          ),
          ...(isOperated
            ? [
                `${kubectl({ cluster, namespace })} wait cluster.postgresql.cnpg.io --all --for=condition=Ready --timeout=30m`,
              ]
            : []),
        ),
      ],
      [
        `Restore: the steps of [Restore](#restore) that ${isOperated ? 'have the Secrets and run the Job' : 'make an empty database, run the Job, and put its URL into the Secret'}. There is no Coder to stop.`,
      ],
      [
        'Set `spec.release` to the version that the log of the restore names, render, merge, and see that the default branch has it: what applies these files reads that. Then go on with the README from the step after the image. Coder must not start on an empty database: it would begin a new one.',
      ],
      [
        'Point the names in DNS at the new addresses (README, Names and certificates).',
      ],
      ...(plan.provisioners.length > 0
        ? [
            [
              'The Secrets of the bootstrap Job were lost, so it makes new keys, and the old ones are void. Restart what reads them, as [Rotate keys](#rotate-keys) says.',
            ],
          ]
        : []),
      [
        'Workspaces of this cluster are lost with their volumes. Their owners update or delete them.',
      ],
    ]),
  ];
}
