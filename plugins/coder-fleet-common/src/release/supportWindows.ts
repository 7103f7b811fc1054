import { SOURCES, Source, inSection } from '../architecture/source';
import type { ReleaseChannel } from './calendar';

/**
 * What a channel of releases promises.
 *
 * @public
 */
export type SupportWindow = {
  channel: ReleaseChannel;
  /** How many minors behind the newest; the ESR follows a calendar of its own. */
  minorsBehindNewest?: number;
  /** New releases in a year. */
  releasesPerYear?: number;
  /** What is still mended. */
  fixes: 'all' | 'critical and security' | 'security';
  source: Source;
};

const SOURCE = inSection(SOURCES.releases, 'Channels');

/**
 * What Coder's channels promise. A minor in none of them is not supported any more.
 *
 * @public
 */
export const SUPPORT_WINDOWS: readonly SupportWindow[] = [
  {
    channel: 'mainline',
    minorsBehindNewest: 0,
    fixes: 'all',
    source: SOURCE,
  },
  { channel: 'stable', minorsBehindNewest: 1, fixes: 'all', source: SOURCE },
  {
    channel: 'security',
    minorsBehindNewest: 2,
    fixes: 'security',
    source: SOURCE,
  },
  {
    channel: 'esr',
    releasesPerYear: 2,
    fixes: 'critical and security',
    source: SOURCE,
  },
];
