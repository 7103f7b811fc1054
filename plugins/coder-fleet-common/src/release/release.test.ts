import fc from 'fast-check';
import { latestOfChannel, releaseSupport } from './support';
import {
  CoderVersion,
  compareCoderVersions,
  formatCoderVersion,
  parseCoderVersion,
  requireCoderVersion,
  versionSortKey,
} from './version';

const number = fc.integer({ min: 0, max: 999_999 });
const version = fc.record(
  {
    major: number,
    minor: number,
    patch: number,
    prerelease: fc.constantFrom('rc.1', 'rc.10', 'devel'),
  },
  { requiredKeys: ['major', 'minor', 'patch'] },
) as fc.Arbitrary<CoderVersion>;

describe('parseCoderVersion', () => {
  it.each([
    ['2.36.5', '2.36.5'],
    ['v2.36.5', '2.36.5'],
    ['v2.36.5+abc1234', '2.36.5'],
    ['v2.36.0-devel+abc1234', '2.36.0-devel'],
    ['v2.37.0-rc.1', '2.37.0-rc.1'],
  ])('reads %s', (text, formatted) => {
    expect(formatCoderVersion(requireCoderVersion(text))).toBe(formatted);
  });

  it.each(['', 'v2', '2.36', '2.36.5.1', 'latest', '2.36.x', '02.1.1'])(
    'does not take %p for a version',
    text => {
      expect(parseCoderVersion(text)).toBeUndefined();
    },
  );

  it('reads what it writes', () => {
    fc.assert(
      fc.property(version, it1 => {
        expect(parseCoderVersion(formatCoderVersion(it1))).toEqual(it1);
      }),
    );
  });
});

describe('versionSortKey', () => {
  it('sorts as text in the order of versions', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const byVersion = Math.sign(compareCoderVersions(a, b));
        const [ka, kb] = [versionSortKey(a), versionSortKey(b)];
        const byKey = ka === kb ? 0 : Math.sign(ka < kb ? -1 : 1);
        // Pre-releases of one version share a key.
        expect(
          byKey === 0 && a.prerelease && b.prerelease ? 0 : byVersion,
        ).toBe(byKey);
      }),
    );
  });
});

describe('releaseSupport', () => {
  it.each([
    ['2.36.5', 'supported'],
    ['2.36.0', 'supported'],
    ['2.29.0', 'supported'],
    ['2.33.0', 'ended'],
    ['2.9.0', 'ended'],
    ['2.31.0', 'gap'],
    ['2.38.0', 'unknown'],
    ['3.0.0', 'unknown'],
    ['2.36.6', 'unknown'],
    ['2.37.0-rc.1', 'unknown'],
  ])('says of %s: %s', (text, status) => {
    const support = releaseSupport(requireCoderVersion(text));
    expect(support.status).toBe(status);
    expect(support.calendarAsOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('takes the newest of several lines in a channel', () => {
    expect(latestOfChannel('esr')).toBe('2.34.10');
    expect(latestOfChannel('stable')).toBe('2.36.5');
  });
});
