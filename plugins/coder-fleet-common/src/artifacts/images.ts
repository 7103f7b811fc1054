import type { DeploymentSpec } from '../deployment/DeploymentSpec';

/**
 * Coder's image without its tag.
 * Source: chart `coder`, `image.repo`.
 */
const CODER_IMAGE = 'ghcr.io/coder/coder';

/**
 * An image, from the mirror where the public registries are not reached.
 *
 * @internal
 */
export function imageOf(spec: DeploymentSpec, image: string): string {
  return spec.airGap ? `${spec.airGap.registry}/${image}` : image;
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
      repo: `${airGap.registry}/${CODER_IMAGE.replace(/^[^/]+\//, '')}`,
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
