import { fieldProblem } from '../deployment/fields';
import {
  compareCoderVersions,
  formatCoderVersion,
  parseCoderVersion,
  type CoderVersion,
} from '../release/version';
import {
  SUPPORT_BUNDLE_CHECKS,
  SUPPORT_BUNDLE_CONTENTS,
  type SupportBundleGroup,
} from './bundleContents';

/**
 * Where Coder describes support bundles.
 *
 * @public
 */
export const SUPPORT_BUNDLE_DOCS_URL =
  'https://coder.com/docs/support/support-bundle';

/**
 * Who may make a support bundle.
 *
 * - `owner`: an Owner of the deployment.
 * - `anyone`: any user; an Owner's is complete, another's is smaller.
 * - `unknown`: the version is not known. An Owner may in every version.
 *
 * Source: Coder docs, "Support bundle": of 2.30 for `owner`, of later versions for `anyone`.
 *
 * @public
 */
export type SupportBundleAudience = 'owner' | 'anyone' | 'unknown';

/**
 * A flag of `coder support bundle`.
 *
 * @public
 */
export type SupportBundleFlag = {
  /** As it is typed, for example `-O, --output-file`. */
  flag: string;
  /** What it does, for people. */
  meaning: string;
  /** What it needs, when not every version has it. */
  needs?: string;
};

/**
 * How to make a support bundle of one deployment.
 *
 * @public
 */
export type SupportBundleGuide = {
  /** The version that the guide is for, `2.36.5`; absent when it is not known. */
  version?: string;
  audience: SupportBundleAudience;
  /** Lines for a shell; absent when the access URL is not one that may be put into a command. */
  command?: string;
  flags: SupportBundleFlag[];
  contents: readonly SupportBundleGroup[];
  /** What to look at before it is sent. */
  checks: readonly string[];
  docsUrl: string;
};

/** The last minor whose docs ask for an Owner. Source: Coder docs 2.30, "Support bundle". */
const LAST_OWNER_ONLY: CoderVersion = { major: 2, minor: 30, patch: 0 };

/** Source: help text of `--pprof`, "Requires Coder server version 2.28.0 or newer". */
const PPROF_SINCE: CoderVersion = { major: 2, minor: 28, patch: 0 };

const NEWER_CLI =
  'A CLI as of 2.30, to be safe: `coder support bundle --help` lists what yours has';

const FLAGS: ReadonlyArray<SupportBundleFlag & { since?: CoderVersion }> = [
  { flag: '-y, --yes', meaning: 'Do not ask for confirmation' },
  {
    flag: '-O, --output-file',
    meaning:
      'Where to write it; by default coder-support-<unix seconds>.zip in the working directory',
  },
  {
    flag: '--url-override',
    meaning: 'Another address of the deployment, to aim at one replica',
  },
  {
    flag: '--workspaces-total-cap',
    meaning: 'How many workspaces to list: 10 by default, 0 for all',
    needs: NEWER_CLI,
  },
  {
    flag: '--template',
    meaning: 'Include a template, by name or as organization/template',
    needs: NEWER_CLI,
  },
  {
    flag: '--pprof',
    meaning: 'Include profiles of the server and the agent: takes about 30 s',
    needs: `Server 2.28 or newer. ${NEWER_CLI}`,
    since: PPROF_SINCE,
  },
];

/**
 * The guide for the version that a deployment runs. Pure. A version that is missing or cannot be read
 * leaves out only what needs to know it.
 *
 * @public
 */
export function supportBundleGuide(options: {
  /** Where the deployment is reached, as it was asked for. */
  accessUrl: string;
  /** As the server reports it, for example `v2.36.5+abc1234`. */
  version?: string;
}): SupportBundleGuide {
  const version = parseCoderVersion(options.version ?? '');
  const command = commandFor(options.accessUrl);
  return {
    ...(version && { version: formatCoderVersion(version) }),
    audience: audienceOf(version),
    ...(command && { command }),
    flags: FLAGS.filter(
      ({ since }) => !since || !version || isAtLeast(version, since),
    ).map(({ since: _, ...flag }) => flag),
    contents: SUPPORT_BUNDLE_CONTENTS,
    checks: SUPPORT_BUNDLE_CHECKS,
    docsUrl: SUPPORT_BUNDLE_DOCS_URL,
  };
}

function audienceOf(version: CoderVersion | undefined): SupportBundleAudience {
  if (!version) {
    return 'unknown';
  }
  const { major, minor } = version;
  return compareCoderVersions({ major, minor, patch: 0 }, LAST_OWNER_ONLY) > 0
    ? 'anyone'
    : 'owner';
}

/** By major and minor: a release candidate of 2.28 has what 2.28 has. */
function isAtLeast({ major, minor }: CoderVersion, since: CoderVersion) {
  return compareCoderVersions({ major, minor, patch: 0 }, since) >= 0;
}

/**
 * People paste it into a shell, so the address must be nothing but `https://host:port`: the access
 * URL's own rule leaves no character that a shell would read.
 */
function commandFor(accessUrl: string): string | undefined {
  return fieldProblem('accessUrl', accessUrl)
    ? undefined
    : `coder login ${new URL(accessUrl).origin}\ncoder support bundle`;
}
