import type { DeploymentSpec } from '../deployment/DeploymentSpec';

/**
 * Coder's image without its tag.
 * Source: chart `coder`, `image.repo`.
 */
const CODER_IMAGE = 'ghcr.io/coder/coder';

/**
 * An image, from the mirror where the public registries are not reached: under the name that it has in its own.
 *
 * @internal
 */
export function imageOf(spec: DeploymentSpec, image: string): string {
  return spec.airGap
    ? `${spec.airGap.registry}/${image.replace(/^[^/]+\.[^/]+\//, '')}`
    : image;
}

/**
 * Values of the charts that say which image: tag, and the mirror where there is one.
 *
 * @internal
 */
export function coderImage(spec: DeploymentSpec, version: string) {
  const { airGap } = spec;
  return {
    tag: `v${version}`,
    ...(airGap && {
      repo: imageOf(spec, CODER_IMAGE),
      ...(airGap.pullSecret && { pullSecrets: [{ name: airGap.pullSecret }] }),
    }),
  };
}

/**
 * Where the charts come from: Coder's repository, or the mirror.
 * Source: Coder docs, installation with Helm.
 *
 * @internal
 */
export function chartRepository(spec: DeploymentSpec): string {
  return spec.airGap?.chartRepository ?? 'https://helm.coder.com/v2';
}
