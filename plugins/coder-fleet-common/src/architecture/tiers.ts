import { InputError } from '@backstage/errors';
import { LEGACY_TIER_ROWS, LegacyTierRow } from './reference/tiersLegacy';
import { TIERS_2026 } from './reference/tiers2026';
import type { MachineShape } from './reference/types';
import type { Source } from './source';

/**
 * A generation of the CVA's sizing tables. The older one counts machines where the newer one counts
 * pods.
 *
 * @public
 */
export type CvaGeneration = '2026' | 'legacy';

/**
 * The generations, newest first.
 *
 * @public
 */
export const CVA_GENERATIONS: readonly CvaGeneration[] = ['2026', 'legacy'];

/**
 * The generation that is taken when nothing else is said: the newest.
 *
 * @public
 */
export const CVA_GENERATION: CvaGeneration = '2026';

/**
 * The configuration key that says which generation a portal takes.
 *
 * @public
 */
export const CVA_GENERATION_KEY = 'coderFleet.cva.generation';

/**
 * A generation as it stands in configuration; the newest one where nothing stands. Throws an `InputError`.
 *
 * @public
 */
export function cvaGenerationOf(text: string | undefined): CvaGeneration {
  if (text === undefined) {
    return CVA_GENERATION;
  }
  const found = CVA_GENERATIONS.find(generation => generation === text);
  if (!found) {
    throw new InputError(
      `${CVA_GENERATION_KEY} is one of ${CVA_GENERATIONS.join(', ')}, not "${text}"`,
    );
  }
  return found;
}

/**
 * The tiers of the CVA, the smallest first.
 *
 * @public
 */
export const TIER_NAMES = ['1k', '2k', '3k', '10k'] as const;

/**
 * Name of a tier of the CVA: the users that it is for at most.
 *
 * @public
 */
export type TierName = (typeof TIER_NAMES)[number];

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
 * A part of a tier that its page has a table of.
 *
 * @public
 */
export type TierPart =
  | 'limits'
  | 'controlPlane'
  | 'proxies'
  | 'provisioners'
  | 'database'
  | 'workspaces';

/**
 * One row of the CVA's sizing tables.
 *
 * @public
 */
export type Tier = {
  name: TierName;
  /** The page of the tier. */
  source: Source;
  /** Where on the page each part stands. */
  sources: Readonly<Record<TierPart, Source>>;
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
  database: {
    vcpu: number;
    memoryGB: number;
    replicas: number;
    /** The older tables only. */
    storageGB?: number;
    /** The older tables only. */
    highlyAvailable?: boolean;
  };
  /** Machines for workspaces; the older tables only. */
  workspaceNodes?: {
    count: number;
    shape: MachineShape;
    workspacesPerNode: number;
  };
  /** Requests in a second at most; the older tables only. */
  peakRequestsPerSecond?: number;
  /** How figures follow from the page that are not read off directly. */
  notes?: { limits: string; controlPlane: string; provisioners: string };
};

/**
 * The tiers of the newest generation, smallest first.
 *
 * @public
 */
export const TIERS: readonly Tier[] = TIERS_2026;

const LEGACY_TIERS: readonly Tier[] = LEGACY_TIER_ROWS.map(fromLegacyRow);

/**
 * The tiers of a generation, smallest first.
 *
 * @public
 */
export function tiersOf(generation: CvaGeneration): readonly Tier[] {
  return generation === 'legacy' ? LEGACY_TIERS : TIERS_2026;
}

/**
 * The rows of the same name in the generations that a tier is not of.
 *
 * @internal
 */
export function sameTierElsewhere(tier: Tier): Tier[] {
  return CVA_GENERATIONS.map(tiersOf)
    .filter(tiers => !tiers.includes(tier))
    .flatMap(tiers => tiers.filter(({ name }) => name === tier.name));
}

/** Pods and limits that the machines of an older row stand for. */
function fromLegacyRow(row: LegacyTierRow): Tier {
  const { controlPlane, provisioners, workspaces, database } = row;
  return {
    name: row.name,
    source: row.source,
    sources: row.sources,
    limits: {
      users: row.users,
      runningWorkspaces: workspaces.count * workspaces.workspacesPerNode,
      concurrentBuilds: provisioners.count * provisioners.provisionersPerNode,
    },
    controlPlane: {
      replicas: controlPlane.count,
      container: {
        cpuMillis: controlPlane.vcpu * 1000,
        memoryGiB: controlPlane.memoryGB,
      },
    },
    provisioners: {
      replicas: provisioners.count * provisioners.provisionersPerNode,
      container: partOf(provisioners, provisioners.provisionersPerNode),
    },
    database: {
      vcpu: database.vcpu,
      memoryGB: database.memoryGB,
      replicas: database.count,
      storageGB: database.storageGB,
      highlyAvailable: database.highlyAvailable,
    },
    workspaceNodes: {
      count: workspaces.count,
      shape: { vcpu: workspaces.vcpu, memoryGB: workspaces.memoryGB },
      workspacesPerNode: workspaces.workspacesPerNode,
    },
    peakRequestsPerSecond: row.peakRequestsPerSecond,
    notes: {
      limits: `${workspaces.count} machines of ${workspaces.workspacesPerNode} workspaces and ${provisioners.count} of ${provisioners.provisionersPerNode} provisioners`,
      controlPlane:
        'the page sizes machines: one replica on each, of their size; what a machine needs itself comes on top',
      provisioners: `${provisioners.provisionersPerNode} on each of ${provisioners.count} machines of ${provisioners.vcpu} vCPU and ${provisioners.memoryGB} GB`,
    },
  };
}

/** What each of several pods gets of a machine. */
export function partOf(machine: MachineShape, pods: number): ContainerSize {
  return {
    cpuMillis: Math.floor((machine.vcpu * 1000) / pods),
    memoryGiB: Math.floor(machine.memoryGB / pods),
  };
}
