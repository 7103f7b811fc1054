import { InputError } from '@backstage/errors';

/**
 * A Coder version. `prerelease` holds `rc.1` or `devel`; build metadata (`+abc1234`) is dropped.
 *
 * @public
 */
export type CoderVersion = {
  major: number;
  minor: number;
  patch: number;
  prerelease?: string;
};

const VERSION_PATTERN =
  /^v?(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})(?:-([0-9A-Za-z][0-9A-Za-z.-]{0,63}))?(?:\+[0-9A-Za-z.-]{1,128})?$/;

/** A fleet runs few versions, and asks for them all the time. */
const KNOWN = new Map<string, CoderVersion>();
const MAX_KNOWN = 1000;

/**
 * Reads `v2.36.5`, `2.36.5`, `v2.36.5+abc1234`, `v2.37.0-rc.1` or `v2.36.0-devel+abc`;
 * `undefined` for anything else.
 *
 * @public
 */
export function parseCoderVersion(text: string): CoderVersion | undefined {
  const known = KNOWN.get(text);
  if (known) {
    return known;
  }
  const version = readVersion(text);
  if (version && KNOWN.size < MAX_KNOWN) {
    KNOWN.set(text, Object.freeze(version));
  }
  return version;
}

function readVersion(text: string): CoderVersion | undefined {
  const match = VERSION_PATTERN.exec(text.trim());
  if (!match) {
    return undefined;
  }
  const [, major, minor, patch, prerelease] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    ...(prerelease ? { prerelease } : {}),
  };
}

/**
 * `2.36.5`, as charts are versioned; images and Git tags have a `v` in front.
 *
 * @public
 */
export function formatCoderVersion(version: CoderVersion): string {
  const core = `${version.major}.${version.minor}.${version.patch}`;
  return version.prerelease ? `${core}-${version.prerelease}` : core;
}

/**
 * Orders by major, minor and patch. A pre-release comes before its release.
 *
 * @public
 */
export function compareCoderVersions(a: CoderVersion, b: CoderVersion): number {
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    a.patch - b.patch ||
    comparePrereleases(a.prerelease, b.prerelease)
  );
}

function comparePrereleases(a: string | undefined, b: string | undefined) {
  if (!a || !b) {
    return Number(Boolean(b)) - Number(Boolean(a));
  }
  return a.localeCompare(b, 'en', { numeric: true });
}

/**
 * A whole number that sorts versions in a database column: major, minor and patch in six digits each
 * of a string that compares byte by byte, and a last digit that puts pre-releases first.
 *
 * @public
 */
export function versionSortKey(version: CoderVersion): string {
  const pad = (n: number) => String(n).padStart(6, '0');
  return `${pad(version.major)}.${pad(version.minor)}.${pad(version.patch)}.${
    version.prerelease ? 0 : 1
  }`;
}

/**
 * Like {@link parseCoderVersion}, but throws an `InputError` that says what a version looks like.
 *
 * @public
 */
export function requireCoderVersion(text: string): CoderVersion {
  const version = parseCoderVersion(text);
  if (!version) {
    throw new InputError(
      `"${text}" is not a Coder version: expected MAJOR.MINOR.PATCH, for example 2.36.5`,
    );
  }
  return version;
}
