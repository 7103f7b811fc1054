import { SOURCES, Source, inSection } from '../source';
import type { CloudName } from './types';

/**
 * A kind of disk for the database, and when it is right.
 *
 * @public
 */
export type DiskClass = {
  cloud: CloudName;
  name: string;
  use: 'recommended' | 'high-demand' | 'development-only';
  /** Input and output operations in a second, at least. */
  minIops?: number;
  source: Source;
};

const SOURCE = inSection(SOURCES.cvaDatabase, 'Disks');

/**
 * Disks of the clouds for the database.
 *
 * @public
 */
export const DATABASE_DISKS: readonly DiskClass[] = [
  {
    cloud: 'aws',
    name: 'gp3',
    use: 'recommended',
    minIops: 3000,
    source: SOURCE,
  },
  { cloud: 'aws', name: 'io1', use: 'high-demand', source: SOURCE },
  { cloud: 'aws', name: 'io2', use: 'high-demand', source: SOURCE },
  { cloud: 'azure', name: 'Premium SSD', use: 'recommended', source: SOURCE },
  {
    cloud: 'azure',
    name: 'Standard SSD',
    use: 'development-only',
    source: SOURCE,
  },
  { cloud: 'gcp', name: 'SSD PD', use: 'recommended', source: SOURCE },
  { cloud: 'gcp', name: 'HDD', use: 'development-only', source: SOURCE },
];
