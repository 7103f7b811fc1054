import type { Plan } from '../architecture/plan';
import { planRows } from '../artifacts/planTable';
import { textTable } from './textTable';

/**
 * A plan for a log: the load and the tier that it leads to, then every figure with where it
 * came from.
 *
 * @public
 */
export function planLines(plan: Plan): string[] {
  const { load, tier } = plan;
  return [
    `Load of ${plan.name}: ${load.users.value} users, ${load.runningWorkspaces.value} running workspaces, ` +
      `${load.concurrentBuilds.value} concurrent builds`,
    `Tier ${tier.value}: ${tier.note ?? tier.source.title}`,
    ...textTable(
      ['Figure', 'Value', 'Source', 'Remark'],
      planRows(plan).map(({ label, value, source, note, alternatives }) => [
        label,
        value,
        source,
        remark(note, alternatives),
      ]),
    ),
  ];
}

function remark(note?: string, alternatives?: string): string {
  return [note, alternatives && `others say: ${alternatives}`]
    .filter(Boolean)
    .join('; ');
}
