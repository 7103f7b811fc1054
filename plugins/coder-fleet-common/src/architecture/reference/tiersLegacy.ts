import { Source, inSection } from '../source';
import type { TierPart } from '../tiers';
import type { CloudName, MachineShape } from './types';

/**
 * A tier that the older tables have.
 *
 * @public
 */
export type LegacyTierName = '1k' | '2k' | '3k';

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
  name: LegacyTierName;
  /** The page, as it was. */
  source: Source;
  /** Where on the page each part stands. */
  sources: Readonly<Record<TierPart, Source>>;
  users: number;
  /** Requests to the API in a second, at most. */
  peakRequestsPerSecond: number;
  highAvailability: 'non-essential' | 'enabled';
  controlPlane: LegacyNodes & {
    /** Where the page gives a range, its lower end; `count` is the upper one. */
    minCount: number;
  };
  provisioners: LegacyNodes & { provisionersPerNode: number };
  workspaces: LegacyNodes & { workspacesPerNode: number };
  database: LegacyNodes & {
    storageGB: number;
    highlyAvailable: boolean;
    /** More replicas are advised above it. */
    buildsPerDayForMoreReplicas?: number;
  };
};

/** The last version of each page that had these tables. */
const PAGES: Readonly<Record<LegacyTierName, string>> = {
  '1k': '4bee9e19ef14712cb27f14584d5424d1ee98d4da',
  '2k': '08b4aa4c5098b310b3e8624409856648af40f288',
  '3k': 'd7964c7b3f1c787e7d50e8f4ff272f1b2acf8f32',
};

function pageOf(
  name: LegacyTierName,
): Pick<LegacyTierRow, 'name' | 'source' | 'sources'> {
  const source = {
    title: `CVA, older reference architecture for ${name} users`,
    url: `https://github.com/coder/coder/blob/${PAGES[name]}/docs/admin/infrastructure/validated-architectures/${name}-users.md`,
  };
  return {
    name,
    source,
    sources: {
      limits: inSection(source, 'Hardware recommendations'),
      controlPlane: inSection(source, 'Coderd nodes'),
      proxies: inSection(source, 'Coderd nodes'),
      provisioners: inSection(source, 'Provisioner nodes'),
      database: inSection(source, 'Database nodes'),
      workspaces: inSection(source, 'Workspace nodes'),
    },
  };
}

/**
 * The CVA's sizing tables of the older generation, smallest first: the only ones with counts of
 * workspace nodes and peak requests. Each figure of a row is from the row's page. Machine types are
 * left out where the page names burstable ones, which it advises against, or ones of another size.
 * Source: the older pages "1k-users", "2k-users" and "3k-users" of the CVA.
 *
 * @public
 */
export const LEGACY_TIER_ROWS: readonly LegacyTierRow[] = [
  {
    ...pageOf('1k'),
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
    workspaces: {
      vcpu: 8,
      memoryGB: 32,
      count: 64,
      workspacesPerNode: 16,
      machineTypes: {
        gcp: 't2d-standard-8',
        aws: 'm5.2xlarge',
        azure: 'Standard_D8s_v3',
      },
    },
    database: {
      vcpu: 2,
      memoryGB: 8,
      count: 1,
      storageGB: 512,
      highlyAvailable: false,
      machineTypes: {
        gcp: 'db-custom-2-7680',
        aws: 'db.m5.large',
        azure: 'Standard_D2s_v3',
      },
    },
  },
  {
    ...pageOf('2k'),
    users: 2000,
    peakRequestsPerSecond: 300,
    highAvailability: 'enabled',
    controlPlane: {
      vcpu: 4,
      memoryGB: 16,
      count: 2,
      minCount: 2,
      machineTypes: {
        gcp: 'n1-standard-4',
        aws: 'm5.xlarge',
        azure: 'Standard_D4s_v3',
      },
    },
    provisioners: {
      vcpu: 8,
      memoryGB: 32,
      count: 4,
      provisionersPerNode: 30,
      machineTypes: {
        gcp: 't2d-standard-8',
        aws: 'c5.2xlarge',
        azure: 'Standard_D8s_v3',
      },
    },
    workspaces: {
      vcpu: 8,
      memoryGB: 32,
      count: 128,
      workspacesPerNode: 16,
      machineTypes: {
        gcp: 't2d-standard-8',
        aws: 'm5.2xlarge',
        azure: 'Standard_D8s_v3',
      },
    },
    database: {
      vcpu: 4,
      memoryGB: 16,
      count: 1,
      storageGB: 1024,
      highlyAvailable: false,
      buildsPerDayForMoreReplicas: 500,
      machineTypes: {
        gcp: 'db-custom-4-15360',
        aws: 'db.m5.xlarge',
        azure: 'Standard_D4s_v3',
      },
    },
  },
  {
    ...pageOf('3k'),
    users: 3000,
    peakRequestsPerSecond: 550,
    highAvailability: 'enabled',
    controlPlane: {
      vcpu: 8,
      memoryGB: 32,
      count: 4,
      minCount: 4,
    },
    provisioners: {
      vcpu: 8,
      memoryGB: 32,
      count: 8,
      provisionersPerNode: 30,
      machineTypes: { gcp: 't2d-standard-8', azure: 'Standard_D8s_v3' },
    },
    workspaces: {
      vcpu: 8,
      memoryGB: 32,
      count: 256,
      workspacesPerNode: 12,
      machineTypes: { gcp: 't2d-standard-8', azure: 'Standard_D8s_v3' },
    },
    database: {
      vcpu: 8,
      memoryGB: 32,
      count: 2,
      storageGB: 1536,
      highlyAvailable: true,
      buildsPerDayForMoreReplicas: 1500,
      machineTypes: { gcp: 'db-custom-8-30720', azure: 'Standard_D8s_v3' },
    },
  },
];
