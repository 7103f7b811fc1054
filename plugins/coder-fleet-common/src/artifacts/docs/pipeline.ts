import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { Artifact, ARTIFACT_PATHS } from '../artifact';
import { toYaml } from '../yaml';

/**
 * Version of `@coder-fleet/cli` that pipelines run: the one of the renderer that wrote them.
 *
 * @public
 */
export const CLI_VERSION = '0.1.0';

const CHECK = `npx --yes @coder-fleet/cli@${CLI_VERSION} check .`;

/**
 * The image that pipelines run the check in.
 *
 * @internal
 */
export const NODE_IMAGE = 'node:22-bookworm-slim';

/**
 * What a change of the repository runs: the same rules as the portal, at an exact version. Of the Git
 * host that the spec names; where it names none, a script that every pipeline can call.
 *
 * @internal
 */
export function pipelineFiles(
  { spec }: CoderDeployment,
  header: string,
): Artifact[] {
  const host = hostOf(spec.delivery?.repositoryUrl);
  const yaml = (path: string, data: unknown): Artifact => ({
    path,
    content: header + toYaml(data),
  });
  const script: Artifact = {
    path: 'ci/check.sh',
    content: [
      '#!/bin/sh',
      '# Judges this deployment by the rules of the Coder Validated Architecture. Needs Node 20 or newer.',
      'set -eu',
      'cd "$(dirname "$0")/.."',
      `exec ${CHECK} "$@"`,
      '',
    ].join('\n'),
  };
  if (/(?:^|\.)github\./.test(host)) {
    return [
      script,
      yaml('.github/workflows/coder-fleet.yaml', {
        name: 'Coder Fleet',
        on: { pull_request: {}, push: { branches: [spec.delivery!.revision] } },
        permissions: { contents: 'read' },
        jobs: {
          check: {
            'runs-on': 'ubuntu-latest',
            container: NODE_IMAGE,
            steps: [{ uses: 'actions/checkout@v4' }, { run: 'sh ci/check.sh' }],
          },
        },
      }),
    ];
  }
  if (/(?:^|\.)gitlab\./.test(host)) {
    return [
      script,
      yaml('.gitlab-ci.yml', {
        'coder-fleet': { image: NODE_IMAGE, script: ['sh ci/check.sh'] },
      }),
    ];
  }
  if (/(?:^|\.)(?:dev\.azure|visualstudio)\.com$/.test(host)) {
    return [
      script,
      yaml('azure-pipelines.yml', {
        trigger: [spec.delivery!.revision],
        pool: { vmImage: 'ubuntu-latest' },
        container: NODE_IMAGE,
        steps: [{ script: 'sh ci/check.sh', displayName: 'Coder Fleet' }],
      }),
    ];
  }
  if (/(?:^|\.)bitbucket\./.test(host)) {
    return [
      script,
      yaml('bitbucket-pipelines.yml', {
        image: NODE_IMAGE,
        pipelines: {
          default: [
            { step: { name: 'Coder Fleet', script: ['sh ci/check.sh'] } },
          ],
        },
      }),
    ];
  }
  return [script];
}

function hostOf(url: string | undefined): string {
  return url ? new URL(url).hostname : '';
}

/**
 * `CODEOWNERS`: who is asked before this repository changes.
 *
 * @internal
 */
export function codeOwners({ spec }: CoderDeployment): string {
  const name = spec.owner.replace(/^.*[:/]/, '');
  return [
    `# ${spec.owner} of the catalog, under the name that it has in the portal. Change it where your Git`,
    `# host calls it otherwise; ${ARTIFACT_PATHS.deployment} names the owner.`,
    `* @${name}`,
    '',
  ].join('\n');
}
