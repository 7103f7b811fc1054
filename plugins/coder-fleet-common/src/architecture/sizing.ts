import { InputError } from '@backstage/errors';
import { TIERS, Tier, TierName } from './tiers';

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
 * Builds that run at the same time, as a part of the workspaces that run.
 * Source: CVA sizing tables: 60 builds and 600 running workspaces for 1,000 users, and so in each row.
 *
 * @public
 */
export const BUILDS_PER_RUNNING_WORKSPACE = 0.1;

/**
 * The load that a number of users brings. `activeShare` is the part of them whose workspaces run at
 * the same time.
 *
 * @public
 */
export function loadOf(options: { users: number; activeShare: number }): Load {
  const runningWorkspaces = ceil(options.users * options.activeShare);
  return {
    users: options.users,
    runningWorkspaces,
    concurrentBuilds: ceil(runningWorkspaces * BUILDS_PER_RUNNING_WORKSPACE),
  };
}

/** Rounds up, but not over the noise of binary fractions: 1000 * 0.07 is 70, not 71. */
function ceil(value: number): number {
  return Math.ceil(Number(value.toFixed(6)));
}

/**
 * The smallest tier that carries a load. Exceeding any one limit moves to the next tier.
 * Throws an `InputError` when no validated architecture covers it.
 *
 * @public
 */
export function tierFor(load: Load): Tier {
  const tier = TIERS.find(({ limits }) =>
    (Object.keys(limits) as Array<keyof Load>).every(
      limit => load[limit] <= limits[limit],
    ),
  );
  if (!tier) {
    const { limits } = TIERS[TIERS.length - 1];
    throw new InputError(
      `No validated architecture covers ${load.users} users with ${load.runningWorkspaces} running workspaces and ` +
        `${load.concurrentBuilds} concurrent builds: the largest carries ${limits.users}, ${limits.runningWorkspaces} and ` +
        `${limits.concurrentBuilds}. Split them over several deployments`,
    );
  }
  return tier;
}

/**
 * The row of a tier. Throws when there is none: names come from the table.
 *
 * @public
 */
export function tierByName(name: TierName): Tier {
  const tier = TIERS.find(row => row.name === name);
  if (!tier) {
    throw new Error(`There is no tier ${name}`);
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
