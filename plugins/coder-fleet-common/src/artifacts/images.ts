import type { DeploymentSpec } from '../deployment/DeploymentSpec';

/**
 * Coder's image without its tag.
 * Source: chart `coder`, `image.repo`.
 */
const CODER_IMAGE = 'ghcr.io/coder/coder';

/**
 * Where Coder's charts are in public.
 * Source: Coder docs, installation with Helm.
 *
 * @internal
 */
export const CODER_CHARTS = 'https://helm.coder.com/v2';

/**
 * Coder's image under its public name.
 *
 * @internal
 */
export function publicCoderImage(version: string): string {
  return `${CODER_IMAGE}:v${version}`;
}

/**
 * The image that the image of the jobs is built upon, under its public name: it has the tools of PostgreSQL.
 *
 * @internal
 */
export function publicJobBase(spec: DeploymentSpec): string {
  return `postgres:${spec.database.version}-bookworm`;
}

/**
 * The image of the instances of a CloudNativePG cluster, under its public name.
 *
 * @internal
 */
export function publicDatabaseImage({ database }: DeploymentSpec): string {
  return `ghcr.io/cloudnative-pg/postgresql:${database.version}`;
}

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
 *
 * @internal
 */
export function chartRepository(spec: DeploymentSpec): string {
  return spec.airGap?.chartRepository ?? CODER_CHARTS;
}
