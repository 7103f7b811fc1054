import { SOURCES, Source } from '../source';
import type { CloudName, MachineShape } from './types';

/**
 * Equal machines of the older tables, and what each of them carries.
 *
 * @public
 */
export type LegacyNodes = MachineShape & {
  count: number;
  /** Machine types that the page names, by cloud. */
  machineTypes?: Partial<Record<CloudName, string>>;
};

/**
 * One row of the older sizing tables. They count machines where the newer ones count pods.
 *
 * @public
 */
export type LegacyTierRow = {
  name: '1k' | '2k' | '3k';
  source: Source;
  users: number;
  /** Requests to the API in a second, at most. */
  peakRequestsPerSecond: number;
  highAvailability: 'non-essential' | 'enabled';
  controlPlane: LegacyNodes & {
    /** Where the page gives a range, its lower end; `count` is the upper one. */
    minCount: number;
    /** More replicas than machines are advised from here on. */
    buildsPerDayForMoreReplicas?: number;
  };
  provisioners: LegacyNodes & { provisionersPerNode: number };
  workspaces: LegacyNodes & { workspacesPerNode: number };
  database: LegacyNodes & { storageGB: number; highlyAvailable: boolean };
};

/**
 * The CVA's sizing tables of the older generation, smallest first: the only ones with counts of
 * workspace nodes and peak requests. Each figure of a row is from the row's page.
 * Source: the older pages "1k-users", "2k-users" and "3k-users" of the CVA.
 *
 * @public
 */
export const LEGACY_TIER_ROWS: readonly LegacyTierRow[] = [
  {
    name: '1k',
    source: SOURCES.olderTierPage('1k'),
    users: 1000,
    peakRequestsPerSecond: 180,
    highAvailability: 'non-essential',
    controlPlane: {
      vcpu: 2,
      memoryGB: 8,
      count: 2,
      minCount: 1,
      machineTypes: {
        gcp: 'n1-standard-2',
        aws: 'm5.large',
        azure: 'Standard_D2s_v3',
      },
    },
    provisioners: {
      vcpu: 8,
      memoryGB: 32,
      count: 2,
      provisionersPerNode: 30,
      machineTypes: {
        gcp: 't2d-standard-8',
        aws: 'c5.2xlarge',
        azure: 'Standard_D8s_v3',
      },
    },
    workspaces: { vcpu: 8, memoryGB: 32, count: 64, workspacesPerNode: 16 },
    database: {
      vcpu: 2,
      memoryGB: 8,
      count: 1,
      storageGB: 512,
      highlyAvailable: false,
      machineTypes: { gcp: 'db-custom-2-7680', aws: 'db.m5.large' },
    },
  },
  {
    name: '2k',
    source: SOURCES.olderTierPage('2k'),
    users: 2000,
    peakRequestsPerSecond: 300,
    highAvailability: 'enabled',
    controlPlane: {
      vcpu: 4,
      memoryGB: 16,
      count: 2,
      minCount: 2,
      buildsPerDayForMoreReplicas: 500,
    },
    provisioners: {
      vcpu: 8,
      memoryGB: 32,
      count: 4,
      provisionersPerNode: 30,
    },
    workspaces: { vcpu: 8, memoryGB: 32, count: 128, workspacesPerNode: 16 },
    database: {
      vcpu: 4,
      memoryGB: 16,
      count: 1,
      storageGB: 1024,
      highlyAvailable: false,
    },
  },
  {
    name: '3k',
    source: SOURCES.olderTierPage('3k'),
    users: 3000,
    peakRequestsPerSecond: 550,
    highAvailability: 'enabled',
    controlPlane: {
      vcpu: 8,
      memoryGB: 32,
      count: 4,
      minCount: 4,
      buildsPerDayForMoreReplicas: 1500,
    },
    provisioners: {
      vcpu: 8,
      memoryGB: 32,
      count: 8,
      provisionersPerNode: 30,
    },
    workspaces: { vcpu: 8, memoryGB: 32, count: 256, workspacesPerNode: 12 },
    database: {
      vcpu: 8,
      memoryGB: 32,
      count: 2,
      storageGB: 1536,
      highlyAvailable: true,
    },
  },
];
