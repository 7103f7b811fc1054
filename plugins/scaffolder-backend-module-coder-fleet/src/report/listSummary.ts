import {
  type CoderDeployment,
  plan as planOf,
  type PlanOptions,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * Many deployments for the task's output, in Markdown. It holds figures, DNS labels and addresses that were
 * checked, no text that a person wrote.
 *
 * @internal
 */
export function listSummary(
  deployments: readonly CoderDeployment[],
  options: PlanOptions,
): string {
  return [
    `${deployments.length} Coder deployments`,
    '',
    '| Name | Business unit | Tier | Users | Access URL |',
    '| --- | --- | --- | --- | --- |',
    ...deployments.map(deployment => {
      const { metadata, spec } = deployment;
      const { tier } = planOf(deployment, options);
      return `| ${metadata.name} | ${spec.businessUnit} | ${tier.value} | ${spec.users.expected} | ${spec.accessUrl} |`;
    }),
  ].join('\n');
}
