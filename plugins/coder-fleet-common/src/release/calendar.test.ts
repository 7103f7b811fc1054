import { BUNDLED_CALENDAR } from './calendar';
import { SUPPORT_WINDOWS } from './supportWindows';

// Typed from Coder's release calendar, not taken from the data.

describe('BUNDLED_CALENDAR', () => {
  it('has the releases of the calendar', () => {
    expect(BUNDLED_CALENDAR.asOf).toBe('2026-09-30');
    expect(
      BUNDLED_CALENDAR.lines.map(
        ({ minor, latestPatch, releasedOn, channels }) => [
          minor,
          latestPatch,
          releasedOn,
          ...channels,
        ],
      ),
    ).toEqual([
      ['2.24', '2.24.4', '2025-07-01'],
      ['2.25', '2.25.3', '2025-08-05'],
      ['2.26', '2.26.6', '2025-09-03'],
      ['2.27', '2.27.11', '2025-10-02'],
      ['2.28', '2.28.10', '2025-11-04'],
      ['2.29', '2.29.19', '2025-12-02', 'esr'],
      ['2.30', '2.30.0', '2026-02-03'],
      ['2.32', '2.32.10', undefined],
      ['2.33', '2.33.11', undefined],
      ['2.34', '2.34.10', '2026-06-02', 'esr'],
      ['2.35', '2.35.7', '2026-07-07', 'security'],
      ['2.36', '2.36.5', '2026-08-04', 'stable'],
      ['2.37', '2.37.1', '2026-09-01', 'mainline'],
    ]);
  });
});

describe('SUPPORT_WINDOWS', () => {
  it('has the promise of each channel', () => {
    expect(
      SUPPORT_WINDOWS.map(
        ({ channel, minorsBehindNewest, releasesPerYear, fixes }) => [
          channel,
          minorsBehindNewest,
          releasesPerYear,
          fixes,
        ],
      ),
    ).toEqual([
      ['mainline', 0, undefined, 'all'],
      ['stable', 1, undefined, 'all'],
      ['security', 2, undefined, 'security'],
      ['esr', undefined, 2, 'critical and security'],
    ]);
  });

  it('is what the bundled calendar goes by', () => {
    const minors = BUNDLED_CALENDAR.lines.map(({ minor }) => minor);
    const windows = SUPPORT_WINDOWS.flatMap(
      ({ channel, minorsBehindNewest }) =>
        minorsBehindNewest === undefined
          ? []
          : [
              {
                channel,
                minor: minors[minors.length - 1 - minorsBehindNewest],
              },
            ],
    );
    expect(windows).toHaveLength(3);
    for (const { channel, minor } of windows) {
      const line = BUNDLED_CALENDAR.lines.find(known => known.minor === minor);
      expect(line?.channels).toContain(channel);
    }
  });
});
