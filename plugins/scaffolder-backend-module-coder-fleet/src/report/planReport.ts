import {
  type Plan,
  planRows,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { textTable } from './textTable';

/**
 * A plan for the task's log: the load and the tier that it leads to, then every figure with where it
 * came from.
 *
 * @internal
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

/**
 * A plan for the task's output, in Markdown. It holds figures, names of pages and DNS labels only,
 * no text that a person wrote.
 *
 * @internal
 */
export function planSummary(plan: Plan): string {
  const { controlPlane, load, provisioners, release, tier } = plan;
  const builders = provisioners
    .map(({ replicas, region }) => `${replicas.value} in ${region}`)
    .join(', ');
  return [
    `**Coder ${release.version.value}** for ${load.users.value} users in tier **${tier.value}**: ` +
      `${counted(controlPlane.replicas.value, 'replica')} in ${controlPlane.region}, ` +
      `${builders ? `external provisioners ${builders}` : 'built-in provisioners'}.`,
    '',
    '| Figure | Value | Source |',
    '| --- | --- | --- |',
    ...planRows(plan).map(
      ({ label, value, source, url }) =>
        `| ${label} | ${value} | ${url ? `[${source}](${url})` : source} |`,
    ),
  ].join('\n');
}

function remark(note?: string, alternatives?: string): string {
  return [note, alternatives && `others say: ${alternatives}`]
    .filter(Boolean)
    .join('; ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
