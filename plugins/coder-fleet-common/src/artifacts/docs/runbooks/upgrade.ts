import { ARTIFACT_PATHS } from '../../artifact';
import { gitOpsTool } from '../../gitops/delivery';
import { numbered, shell } from '../shell';
import type { RunbookContext } from './context';
import { chartCheck, pause, resume, startOne, stop } from './control';

/** @internal */
export function upgradeRunbook(context: RunbookContext): string[] {
  const { deployment, plan } = context;
  const isGitOps = gitOpsTool(deployment.spec) !== undefined;
  const others = plan.provisioners.length + plan.proxies.length > 0;
  return [
    '## Upgrade',
    'There is no way back but a restore: an upgrade changes the database.',
    ...numbered(
      [
        pause(context),
        [
          'Off-peak, with nobody building. Make a backup, and note the name of its set from the log; the command fails when the backup does. See in the portal, Backups, that the last restore drill succeeded:',
          shell('make backup-now'),
        ],
        [
          `Set \`spec.release\` in \`${ARTIFACT_PATHS.deployment}\`, render, and read the difference${
            isGitOps
              ? '. Leave it on a branch, and do not merge yet: what is merged is applied at once, with all replicas and in all clusters'
              : ''
          }. Tell the portal ("Declare an upgrade"), so that nobody is woken.${
            deployment.spec.airGap
              ? ' Bring the images and charts of that version to the mirrors, as the README that was rendered says.'
              : ''
          } See that the chart can be had, before anything stands still:`,
          chartCheck(context),
        ],
        [
          'Migrations need the database for themselves, so stop all replicas:',
          stop(context),
        ],
        [
          'Start the new version with one replica, which migrates:',
          ...startOne(context, 'NEW_VERSION'),
          'Usual are 4 to 7 minutes. After 15 minutes without a lock in the database, ask Coder: logs of the replica and of PostgreSQL, both versions, replicas and limits.',
        ],
        resume(
          context,
          `The version is ${isGitOps ? 'on your branch' : `in \`${ARTIFACT_PATHS.deployment}\``}.${
            others
              ? ' Provisioners and proxies have the minor version of the server, so they follow at once.'
              : ''
          }`,
        ),
        ['Look at the health page, and open a workspace.'],
      ],
      0,
    ),
    'Stuck: look at `SELECT version, dirty FROM schema_migrations`, and at who holds locks. The image that fits the version there starts again. When nothing helps: [Rollback](#rollback).',
  ];
}

/** @internal */
export function rollbackRunbook({ deployment }: RunbookContext): string[] {
  const isGitOps = gitOpsTool(deployment.spec) !== undefined;
  return [
    '## Rollback',
    'Coder has none. To go back to an older version, restore the backup from before the upgrade and start that version. What was done since then is lost; tell users before.',
    ...numbered([
      [
        'Follow [Restore](#restore) from its step 0. In step 4, `SET` is the set from before the upgrade: a newer one has the new schema.',
      ],
      [
        'Let no replica of the new version start again: it would migrate the restored database. `VERSION` is the old version.',
      ],
      [
        `Before the step that lets all replicas come, set \`spec.release\` back to the old version${
          isGitOps
            ? ' and render. When the upgrade was merged, merge this; when it was not, its branch is dropped'
            : ', render and commit'
        }.`,
      ],
    ]),
  ];
}
