import {
  formatCoderVersion,
  parseCoderVersion,
  releaseSupport,
  type ReleaseSupport,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * `v2.36.5+abc1234` as people say it, `2.36.5`; what is no version stays as it is.
 *
 * @internal
 */
export function shortVersion(text: string): string {
  const version = parseCoderVersion(text);
  return version ? formatCoderVersion(version) : text;
}

/**
 * What the release calendar says of a version; `undefined` for what is no version.
 *
 * @internal
 */
export function supportOf(text: string): ReleaseSupport | undefined {
  const version = parseCoderVersion(text);
  return version && releaseSupport(version);
}

/**
 * Whether a version gets no fixes any more, or never existed.
 *
 * @internal
 */
export function isUnsupported(support: ReleaseSupport | undefined): boolean {
  return support?.status === 'ended' || support?.status === 'gap';
}
