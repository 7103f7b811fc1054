import { InputError } from '@backstage/errors';
import { SCALING } from './reference/scaling';
import {
  CVA_GENERATION,
  CvaGeneration,
  Tier,
  TierName,
  tiersOf,
} from './tiers';

/**
 * What an architecture has to carry.
 *
 * @public
 */
export type Load = {
  users: number;
  runningWorkspaces: number;
  concurrentBuilds: number;
};

/**
 * The parts of a load, in the order in which people read them.
 *
 * @public
 */
export const LOAD_PARTS: ReadonlyArray<keyof Load> = [
  'users',
  'runningWorkspaces',
  'concurrentBuilds',
];

/**
 * What is known of a load to come.
 *
 * @public
 */
export type LoadInput = {
  users: number;
  /** Part of the users whose workspaces run at the same time. */
  activeShare: number;
  /** Of people, at the same time; instead of users and active share. */
  runningWorkspaces?: number;
  /** Of people, at the same time; instead of a part of the running workspaces. */
  concurrentBuilds?: number;
  /** AI agents at the same time: each runs a workspace, and may build it with all others. */
  agents?: number;
};

/**
 * Builds that run at the same time, as a part of the workspaces that run: 6 % and 60 % of the users
 * in every tier.
 *
 * @public
 */
export const BUILDS_PER_RUNNING_WORKSPACE = exact(
  SCALING.buildShareOfUsers.value / SCALING.runningShareOfUsers.value,
);

/**
 * The load that users and agents bring.
 *
 * @public
 */
export function loadOf(input: LoadInput): Load {
  const { users, activeShare, agents = 0 } = input;
  const running = input.runningWorkspaces ?? ceil(users * activeShare);
  const builds =
    input.concurrentBuilds ?? ceil(running * BUILDS_PER_RUNNING_WORKSPACE);
  return {
    users,
    runningWorkspaces: running + agents,
    concurrentBuilds: builds + agents,
  };
}

/**
 * Rounds up, but not over the noise of binary fractions: 1000 * 0.07 is 70, not 71.
 *
 * @internal
 */
export function ceil(value: number): number {
  return Math.ceil(exact(value));
}

function exact(value: number): number {
  return Number(value.toFixed(6));
}

/**
 * The smallest tier that carries a load. Exceeding any one limit moves to the next tier.
 * Throws an `InputError` when no validated architecture covers it.
 *
 * @public
 */
export function tierFor(
  load: Load,
  generation: CvaGeneration = CVA_GENERATION,
): Tier {
  const tier = fittingTier(load, generation);
  if (!tier) {
    throw new InputError(uncoveredLoad(load, generation));
  }
  return tier;
}

function fittingTier(load: Load, generation: CvaGeneration): Tier | undefined {
  return tiersOf(generation).find(({ limits }) =>
    LOAD_PARTS.every(part => load[part] <= limits[part]),
  );
}

function uncoveredLoad(load: Load, generation: CvaGeneration): string {
  const tiers = tiersOf(generation);
  const { limits } = tiers[tiers.length - 1];
  const newerCovers =
    generation !== CVA_GENERATION && fittingTier(load, CVA_GENERATION);
  return (
    `No validated architecture covers ${load.users} users with ${load.runningWorkspaces} running workspaces and ` +
    `${load.concurrentBuilds} concurrent builds: the largest carries ${limits.users}, ${limits.runningWorkspaces} and ` +
    `${limits.concurrentBuilds}. ${
      newerCovers
        ? `The tables of ${CVA_GENERATION} cover them; with the older ones, split`
        : 'Split'
    } them over several deployments`
  );
}

/**
 * The row of a tier. Throws when there is none: names come from the table.
 *
 * @public
 */
export function tierByName(
  name: TierName,
  generation: CvaGeneration = CVA_GENERATION,
): Tier {
  const tier = tiersOf(generation).find(row => row.name === name);
  if (!tier) {
    throw new Error(`There is no tier ${name} in the tables of ${generation}`);
  }
  return tier;
}

/**
 * Each region's part of the workspaces. Regions that give none share the rest equally.
 *
 * @public
 */
export function regionShares(
  regions: ReadonlyArray<{ share?: number }>,
): number[] {
  const given = regions.reduce((sum, { share = 0 }) => sum + share, 0);
  const open = regions.filter(({ share }) => share === undefined).length;
  return regions.map(({ share }) => share ?? (1 - given) / open);
}
