import type { Plan } from '../../../architecture/plan';
import type { CoderDeployment } from '../../../deployment/DeploymentSpec';
import { derivedNames } from '../../../deployment/names';
import { markdownTable } from '../../markdown';
import { shell } from '../shell';

/**
 * How a template says in which region its workspaces are built: an untagged job finds the untagged provisioners of the
 * first region only.
 * Source: Coder docs, external provisioners and workspace tags.
 *
 * @internal
 */
export function regionsSection(
  { metadata, spec }: CoderDeployment,
  plan: Plan,
): readonly string[] {
  if (plan.provisioners.length === 0 || spec.regions.length < 2) {
    return [];
  }
  const names = derivedNames(metadata.name);
  const [, other] = spec.regions;
  return [
    '## Templates and regions',
    `Provisioners of \`${spec.regions[0].name}\` have no tag and take every build that asks for none. Those of the other regions take only builds that ask for theirs. A template builds in the cluster of the provisioner that takes it, so it says both, tag and namespace:`,
    markdownTable(
      ['Region', 'tag of the template', 'cluster', 'namespace of workspaces'],
      spec.regions.map(({ name, cluster }, index) => [
        `\`${name}\``,
        index === 0 ? 'none' : `\`region=${name}\``,
        `\`${cluster}\``,
        `\`${names.workspacesNamespace(name)}\``,
      ]),
    ),
    'In the template:',
    [
      '```hcl',
      'data "coder_workspace_tags" "region" {',
      `  tags = { region = "${other.name}" }`,
      '}',
      '```',
    ].join('\n'),
    'Or for all builds of the template, and for its import as well:',
    shell(`coder templates push NAME --provisioner-tag region=${other.name}`),
    ...(spec.organizations?.length
      ? [
          `Each organization (${spec.organizations.map(name => `\`${name}\``).join(', ')}) has provisioners of its own in each region, with the same tags.`,
        ]
      : []),
  ];
}
