import type { DeploymentSpec } from '../../../deployment/DeploymentSpec';
import { jobImage } from '../../kubernetes/jobPod';

/**
 * The command that builds the image of the jobs. `options` are more options of `docker build`.
 *
 * @internal
 */
export function buildJobImage(
  spec: DeploymentSpec,
  ...options: readonly string[]
): string {
  return [
    'docker build',
    ...options,
    `--file kubernetes/backup/Containerfile --tag ${jobImage(spec)} kubernetes/backup`,
  ].join(' ');
}

/**
 * What to do where the name of the image has no registry; nothing where it has one.
 *
 * @internal
 */
export function unnamedRegistry(spec: DeploymentSpec): string[] {
  return jobImage(spec).includes('/')
    ? []
    : [
        'This name has no registry, so it can be pushed nowhere: set `spec.backup.image` to a name in a registry that your clusters read, and render again first.',
      ];
}
