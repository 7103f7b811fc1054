import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { ARTIFACT_PATHS } from '../artifact';
import type { RenderedRelease } from '../gitops/releases';
import { markdownTable, markdownText } from '../markdown';
import { planRows } from '../planTable';
import { beforeSection } from './readme/before';
import { bootstrapSection } from './readme/bootstrap';
import { databaseSection } from './readme/database';
import { installSection } from './readme/install';
import { mirrorSection } from './readme/mirror';
import { namesSection } from './readme/names';
import { nodeGroupsSection } from './readme/nodeGroups';
import {
  backupsSection,
  trackingSection,
  verifySection,
} from './readme/operate';
import { regionsSection } from './readme/regions';
import { workspaceNetworkSection } from './readme/workspaceNetwork';

/**
 * README of a deployment's repository: how to install, verify and track it, and the plan with its
 * sources. It is followed from top to bottom. Only checked names and URLs stand in commands; text of people is
 * escaped.
 *
 * @internal
 */
export function readme(
  deployment: CoderDeployment,
  plan: Plan,
  releases: readonly RenderedRelease[],
): string {
  return [
    introduction(deployment),
    beforeSection(deployment, plan),
    mirrorSection(deployment, plan, releases),
    nodeGroupsSection(deployment, plan),
    databaseSection(deployment, plan),
    namesSection(deployment, plan),
    installSection(deployment, plan, releases),
    bootstrapSection(deployment, plan),
    verifySection(deployment, plan),
    backupsSection(deployment, plan),
    regionsSection(deployment, plan),
    workspaceNetworkSection(plan),
    trackingSection(deployment),
    documents(),
    planSection(plan),
  ]
    .flat()
    .join('\n\n')
    .concat('\n');
}

function introduction({ metadata, spec }: CoderDeployment): string[] {
  return [
    `# ${markdownText(spec.displayName)}`,
    `The Coder deployment \`${metadata.name}\` of business unit \`${spec.businessUnit}\`, owned by \`${spec.owner}\`.`,
    `Everything here was rendered from [${ARTIFACT_PATHS.deployment}](./${ARTIFACT_PATHS.deployment}). Edit that file and render again; ` +
      `a change of any other file is seen by comparison with \`${ARTIFACT_PATHS.lock}\`.`,
  ];
}

function documents(): string[] {
  return [
    '## More',
    [
      '- [docs/runbooks.md](./docs/runbooks.md): backup, restore, upgrade, rollback, scale, rotate keys, outage, a lost cluster',
      '- [docs/secrets.md](./docs/secrets.md): every Secret, what it holds and who makes it',
      '- [docs/observability.md](./docs/observability.md): what is scraped, alerts, retention',
      '- [docs/findings.md](./docs/findings.md): what every rule says of these files',
      '- [docs/support.md](./docs/support.md): for the people who work with it',
    ].join('\n'),
  ];
}

function planSection(plan: Plan): string[] {
  return [
    '## Plan',
    `Derived from the Coder Validated Architecture (${
      plan.cvaGeneration === 'legacy'
        ? 'the older tables'
        : `tables of ${plan.cvaGeneration}`
    }).`,
    markdownTable(
      ['Figure', 'Value', 'Source', 'Remark'],
      planRows(plan).map(
        ({ label, value, source, url, note, alternatives }) => [
          label,
          value,
          url ? `[${source}](${url})` : source,
          [note, alternatives && `others say: ${alternatives}`]
            .filter(Boolean)
            .join('; '),
        ],
      ),
    ),
  ];
}
