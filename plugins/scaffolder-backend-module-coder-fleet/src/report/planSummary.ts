import {
  type Plan,
  planRows,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

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

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
