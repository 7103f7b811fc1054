import {
  BUNDLED_CALENDAR,
  ReleaseCalendar,
  ReleaseChannel,
  ReleaseLine,
} from './calendar';
import {
  CoderVersion,
  compareCoderVersions,
  parseCoderVersion,
  requireCoderVersion,
} from './version';

/**
 * What the calendar says of a version.
 *
 * - `supported`: its minor is in a channel.
 * - `ended`: no fixes any more.
 * - `unknown`: newer than the calendar (also a newer patch or a pre-release of a known minor).
 * - `gap`: a minor inside the calendar that was never released.
 *
 * @public
 */
export type ReleaseSupport = {
  status: 'supported' | 'ended' | 'unknown' | 'gap';
  channels: readonly ReleaseChannel[];
  /** One sentence for people. */
  message: string;
  /** Day up to which the calendar is known to be right. */
  calendarAsOf: string;
};

/**
 * Judges a version by the calendar.
 *
 * @public
 */
export function releaseSupport(
  version: CoderVersion,
  calendar: ReleaseCalendar = BUNDLED_CALENDAR,
): ReleaseSupport {
  const minor = `${version.major}.${version.minor}`;
  const known = calendar.lines.find(line => line.minor === minor);
  const answer = (
    status: ReleaseSupport['status'],
    message: string,
  ): ReleaseSupport => ({
    status,
    channels: status === 'supported' && known ? known.channels : [],
    message,
    calendarAsOf: calendar.asOf,
  });

  if (known) {
    return known.channels.length > 0
      ? knownAndSupported(version, known, calendar, answer)
      : answer('ended', `${minor} is not supported by Coder any more`);
  }
  const first = minorOf(calendar.lines[0]);
  const last = minorOf(calendar.lines[calendar.lines.length - 1]);
  const here = { major: version.major, minor: version.minor, patch: 0 };
  if (compareCoderVersions(here, last) > 0) {
    return answer(
      'unknown',
      `${minor} is newer than the release calendar of ${calendar.asOf}`,
    );
  }
  if (compareCoderVersions(here, first) < 0) {
    return answer('ended', `${minor} is not supported by Coder any more`);
  }
  return answer(
    'gap',
    `Coder never released ${minor}: the calendar of ${calendar.asOf} has no such release`,
  );
}

function knownAndSupported(
  version: CoderVersion,
  known: ReleaseLine,
  calendar: ReleaseCalendar,
  answer: (s: ReleaseSupport['status'], message: string) => ReleaseSupport,
): ReleaseSupport {
  if (version.prerelease) {
    return answer('unknown', `a pre-release of ${known.minor}`);
  }
  const newest = requireCoderVersion(known.latestPatch);
  if (compareCoderVersions(version, newest) > 0) {
    return answer(
      'unknown',
      `newer than ${known.latestPatch}, the last patch in the release calendar of ${calendar.asOf}`,
    );
  }
  return answer(
    'supported',
    `${known.minor} is supported: ${known.channels.join(', ')}`,
  );
}

function minorOf(line: ReleaseLine): CoderVersion {
  return requireCoderVersion(`${line.minor}.0`);
}

/**
 * The newest release of a channel: of several lines in it (ESR) the newest one.
 *
 * @public
 */
export function latestOfChannel(
  channel: ReleaseChannel,
  calendar: ReleaseCalendar = BUNDLED_CALENDAR,
): string {
  const lines = calendar.lines.filter(line => line.channels.includes(channel));
  const newest = lines[lines.length - 1];
  if (!newest) {
    throw new Error(`The release calendar has no release in ${channel}`);
  }
  return newest.latestPatch;
}

/**
 * The newest supported release, and whether a version is behind it. `undefined` when the version
 * cannot be read.
 *
 * @public
 */
export function behindLatest(
  versionText: string,
  calendar: ReleaseCalendar = BUNDLED_CALENDAR,
): { latest: string; behind: boolean } | undefined {
  const version = parseCoderVersion(versionText);
  if (!version) {
    return undefined;
  }
  const latest = latestOfChannel('stable', calendar);
  return {
    latest,
    behind: compareCoderVersions(version, requireCoderVersion(latest)) < 0,
  };
}
