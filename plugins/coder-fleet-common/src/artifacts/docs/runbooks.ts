import type { Plan } from '../../architecture/plan';
import { ARTIFACT_PATHS } from '../artifact';
import { markdownText } from '../markdown';
import { backupRunbook } from './runbooks/backup';
import type { RunbookContext } from './runbooks/context';
import { lostClusterRunbook } from './runbooks/lostCluster';
import { outageRunbook } from './runbooks/outage';
import { restoreRunbook } from './runbooks/restore';
import { rotateKeysRunbook } from './runbooks/rotateKeys';
import { rollbackRunbook, upgradeRunbook } from './runbooks/upgrade';

/**
 * `docs/runbooks.md`: what to do when, with the names of this deployment and the commands of the tool that delivers
 * it. Only checked names and URLs stand in commands.
 * Sources: Coder docs, upgrade and upgrade practice; CVA, disaster recovery and scaling.
 *
 * @internal
 */
export function runbooksDocument(context: RunbookContext): string {
  const { deployment, plan } = context;
  return [
    `# Runbooks of ${markdownText(deployment.spec.displayName)}`,
    'Alerts lead here. Commands run in the root of this repository; contexts of kubectl are called as the clusters are (README, Before you begin). Words in capitals are yours to fill in.',
    ...backupRunbook(plan),
    ...restoreRunbook(context),
    ...upgradeRunbook(context),
    ...rollbackRunbook(context),
    ...scale(plan),
    ...rotateKeysRunbook(deployment.spec, plan),
    ...outageRunbook(context),
    ...lostClusterRunbook(context),
  ]
    .join('\n\n')
    .concat('\n');
}

function scale({ controlPlane, tier }: Plan): string[] {
  return [
    '## Scale',
    `This is the tier of ${tier.value} users with ${controlPlane.replicas.value} replicas. The plan in the README says what limits it next, and how far away that is.`,
    `Change \`spec.users\` or \`spec.workspaces\` in \`${ARTIFACT_PATHS.deployment}\`, render, and read the difference of plan and files before anything is applied. Grow the node groups first. From 10 replicas on go vertical instead.`,
    'Seats of the licence run out: ask for more, or suspend dormant users.',
  ];
}
