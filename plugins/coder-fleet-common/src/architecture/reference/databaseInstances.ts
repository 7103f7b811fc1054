import { SOURCES, Source, inSection } from '../source';
import type { CloudName, MachineShape } from './types';

/**
 * How the CVA's table of cloud instances calls the sizes of a database.
 *
 * @public
 */
export type DatabaseSizeClass = 'small' | 'medium' | 'large';

/**
 * Instances that the CVA names for one size and cloud: the first for general use, one with more
 * memory where it names one.
 *
 * @public
 */
export type DatabaseInstances = ReadonlyArray<MachineShape & { name: string }>;

/**
 * One row of the CVA's table of cloud instances for the database.
 *
 * @public
 */
export type DatabaseInstanceRow = {
  size: DatabaseSizeClass;
  source: Source;
  /** Users up to which it is for; the largest has no end. */
  maxUsers?: number;
  vcpu: number;
  instances: Readonly<Record<CloudName, DatabaseInstances>>;
};

const SOURCE = inSection(SOURCES.cvaDatabase, 'Cloud instances');

/**
 * Instances of the clouds for the database, smallest first. "Less than 1,000" is read as up to 1,000,
 * as the tiers are.
 * Source: CVA, PostgreSQL database.
 *
 * @public
 */
export const DATABASE_INSTANCES: readonly DatabaseInstanceRow[] = [
  {
    size: 'small',
    source: SOURCE,
    maxUsers: 1000,
    vcpu: 2,
    instances: {
      aws: [
        { name: 'db.m6i.large', vcpu: 2, memoryGB: 8 },
        { name: 'db.r6i.large', vcpu: 2, memoryGB: 16 },
      ],
      azure: [
        { name: 'Standard_D2s_v5', vcpu: 2, memoryGB: 8 },
        { name: 'Standard_E2s_v5', vcpu: 2, memoryGB: 16 },
      ],
      gcp: [{ name: 'db-perf-optimized-N-2', vcpu: 2, memoryGB: 16 }],
    },
  },
  {
    size: 'medium',
    source: SOURCE,
    maxUsers: 2000,
    vcpu: 4,
    instances: {
      aws: [
        { name: 'db.m6i.xlarge', vcpu: 4, memoryGB: 16 },
        { name: 'db.r6i.xlarge', vcpu: 4, memoryGB: 32 },
      ],
      azure: [
        { name: 'Standard_D4s_v5', vcpu: 4, memoryGB: 16 },
        { name: 'Standard_E4s_v5', vcpu: 4, memoryGB: 32 },
      ],
      gcp: [{ name: 'db-perf-optimized-N-4', vcpu: 4, memoryGB: 32 }],
    },
  },
  {
    size: 'large',
    source: SOURCE,
    vcpu: 8,
    instances: {
      aws: [
        { name: 'db.m6i.2xlarge', vcpu: 8, memoryGB: 32 },
        { name: 'db.r6i.2xlarge', vcpu: 8, memoryGB: 64 },
      ],
      azure: [
        { name: 'Standard_D8s_v5', vcpu: 8, memoryGB: 32 },
        { name: 'Standard_E8s_v5', vcpu: 8, memoryGB: 64 },
      ],
      gcp: [{ name: 'db-perf-optimized-N-8', vcpu: 8, memoryGB: 64 }],
    },
  },
];
