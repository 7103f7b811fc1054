import { Source, SOURCES } from './source';

/**
 * Name of a tier of the CVA: the users that it is for at most.
 *
 * @public
 */
export type TierName = '1k' | '2k' | '3k' | '10k';

/**
 * Size of a container; request and limit alike.
 *
 * @public
 */
export type ContainerSize = {
  /** Thousandths of a vCPU. */
  cpuMillis: number;
  /** Gibibytes. */
  memoryGiB: number;
};

/**
 * One row of the CVA's sizing tables.
 *
 * @public
 */
export type Tier = {
  name: TierName;
  source: Source;
  limits: {
    users: number;
    /** Workspaces that run at the same time. */
    runningWorkspaces: number;
    /** Builds that run at the same time. */
    concurrentBuilds: number;
  };
  controlPlane: { replicas: number; container: ContainerSize };
  /** Of each region but the first; the smallest tier has no such row. */
  proxies?: { replicas: number; container: ContainerSize };
  provisioners: { replicas: number; container: ContainerSize };
  database: { vcpu: number; memoryGB: number };
};

/**
 * Which generation of the CVA's tables the tiers are of.
 *
 * @public
 */
export const CVA_GENERATION = '2026';

const LARGE: ContainerSize = { cpuMillis: 4000, memoryGiB: 12 };
const PROVISIONER: ContainerSize = { cpuMillis: 1000, memoryGiB: 1 };

/**
 * The CVA's sizing tables as they are now, smallest first.
 * Source: the pages "1k-users" to "10k-users" of the CVA, read on 2026-10.
 *
 * @public
 */
export const TIERS: readonly Tier[] = [
  {
    name: '1k',
    source: SOURCES.tierPage('1k'),
    limits: { users: 1000, runningWorkspaces: 600, concurrentBuilds: 60 },
    controlPlane: {
      replicas: 3,
      container: { cpuMillis: 2000, memoryGiB: 8 },
    },
    provisioners: { replicas: 60, container: PROVISIONER },
    database: { vcpu: 8, memoryGB: 30 },
  },
  {
    name: '2k',
    source: SOURCES.tierPage('2k'),
    limits: { users: 2000, runningWorkspaces: 1200, concurrentBuilds: 120 },
    controlPlane: { replicas: 3, container: LARGE },
    proxies: { replicas: 3, container: LARGE },
    provisioners: { replicas: 120, container: PROVISIONER },
    database: { vcpu: 16, memoryGB: 60 },
  },
  {
    name: '3k',
    source: SOURCES.tierPage('3k'),
    limits: { users: 3000, runningWorkspaces: 1800, concurrentBuilds: 180 },
    controlPlane: { replicas: 4, container: LARGE },
    proxies: { replicas: 4, container: LARGE },
    provisioners: { replicas: 180, container: PROVISIONER },
    database: { vcpu: 32, memoryGB: 120 },
  },
  {
    name: '10k',
    source: SOURCES.tierPage('10k'),
    limits: { users: 10_000, runningWorkspaces: 6000, concurrentBuilds: 600 },
    controlPlane: { replicas: 10, container: LARGE },
    proxies: { replicas: 10, container: LARGE },
    provisioners: { replicas: 600, container: PROVISIONER },
    database: { vcpu: 64, memoryGB: 240 },
  },
];
