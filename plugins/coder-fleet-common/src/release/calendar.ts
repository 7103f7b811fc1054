/**
 * A channel that Coder publishes releases in.
 *
 * @public
 */
export type ReleaseChannel = 'mainline' | 'stable' | 'security' | 'esr';

/**
 * One minor release of Coder. `channels` is empty once it is not supported any more.
 *
 * @public
 */
export type ReleaseLine = {
  /** `2.36` */
  minor: string;
  /** Day of the first release, when the calendar says it. */
  releasedOn?: string;
  channels: readonly ReleaseChannel[];
  /** Newest patch that the calendar knows. */
  latestPatch: string;
};

/**
 * Coder's release calendar as of a date.
 *
 * @public
 */
export type ReleaseCalendar = {
  /** Day up to which the calendar is known to be right. */
  asOf: string;
  /** Where it was read. */
  source: string;
  /** Oldest first. */
  lines: readonly ReleaseLine[];
};

/**
 * The calendar that this version of Coder Fleet carries. Releases newer than it are accepted as
 * `unknown`. Minors that were never released (2.31) are missing on purpose.
 *
 * @public
 */
export const BUNDLED_CALENDAR: ReleaseCalendar = {
  asOf: '2026-09-30',
  source: 'https://coder.com/docs/install/releases',
  lines: [
    line('2.24', '2.24.4', [], '2025-07-01'),
    line('2.25', '2.25.3', [], '2025-08-05'),
    line('2.26', '2.26.6', [], '2025-09-03'),
    line('2.27', '2.27.11', [], '2025-10-02'),
    line('2.28', '2.28.10', [], '2025-11-04'),
    line('2.29', '2.29.19', ['esr'], '2025-12-02'),
    line('2.30', '2.30.0', [], '2026-02-03'),
    line('2.32', '2.32.10', []),
    line('2.33', '2.33.11', []),
    line('2.34', '2.34.10', ['esr'], '2026-06-02'),
    line('2.35', '2.35.7', ['security'], '2026-07-07'),
    line('2.36', '2.36.5', ['stable'], '2026-08-04'),
    line('2.37', '2.37.1', ['mainline'], '2026-09-01'),
  ],
};

function line(
  minor: string,
  latestPatch: string,
  channels: ReleaseChannel[],
  releasedOn?: string,
): ReleaseLine {
  return { minor, latestPatch, channels, ...(releasedOn && { releasedOn }) };
}
