import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { supportBundleGuide } from '../../support/supportBundle';
import { markdownText } from '../markdown';

/**
 * `docs/support.md`: for the people who work with this deployment.
 *
 * @internal
 */
export function supportDocument({ spec }: CoderDeployment, plan: Plan): string {
  const guide = supportBundleGuide({
    accessUrl: spec.accessUrl,
    version: plan.release.version.value,
  });
  return [
    `# Help with ${markdownText(spec.displayName)}`,
    `Coder is at ${spec.accessUrl}. It belongs to \`${spec.owner}\`.`,
    ...(spec.supportLinks.length > 0
      ? [
          '## Where to ask',
          spec.supportLinks
            .map(
              ({ name, target }) =>
                `- ${markdownText(name)}: <${encodeURI(decodeSafely(target))}>`,
            )
            .join('\n'),
        ]
      : []),
    '## A support bundle',
    guide.audience === 'owner'
      ? 'Ask an Owner for one; in this version only they may make it.'
      : 'It tells support what your workspace and the server were like. An Owner gets a complete one, others a smaller one.',
    ...(guide.command ? [['```sh', guide.command, '```'].join('\n')] : []),
    'Before you send it:',
    guide.checks.map(check => `- ${markdownText(check)}`).join('\n'),
    `More: <${guide.docsUrl}>`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** A target may be encoded already: once is enough. */
function decodeSafely(target: string): string {
  try {
    return decodeURI(target);
  } catch {
    return target;
  }
}
