import { LOAD_PARTS, Load } from './sizing';
import { Sourced, SOURCES } from './source';
import { CvaGeneration, Tier, TierName, tiersOf } from './tiers';

/**
 * How far a load is from what its tier carries.
 *
 * @public
 */
export type Headroom = {
  /** The limit that is reached first when all parts of the load grow alike. */
  limitedBy: Sourced<keyof Load>;
  /** By how much the load can grow until then: 0.25 is a quarter of what it is. */
  growth: Sourced<number>;
  /** What the tier carries of each part. */
  limits: Record<keyof Load, Sourced<number>>;
  /** What is left of each part. */
  left: Record<keyof Load, Sourced<number>>;
  /** The tier that comes then; missing when no larger one was validated. */
  nextTier?: Sourced<TierName>;
};

/**
 * What limits a tier next, and how far away it is.
 *
 * @public
 */
export function headroomOf(options: {
  load: Load;
  tier: Tier;
  generation: CvaGeneration;
}): Headroom {
  const { load, tier, generation } = options;
  const growthOf = (part: keyof Load) =>
    load[part] === 0 ? Infinity : tier.limits[part] / load[part] - 1;
  const [limitedBy] = [...LOAD_PARTS].sort((a, b) => growthOf(a) - growthOf(b));
  const tiers = tiersOf(generation);
  const next = tiers[tiers.findIndex(({ name }) => name === tier.name) + 1];
  const note = tier.notes?.limits;
  return {
    limitedBy: {
      value: limitedBy,
      source: SOURCES.sizing,
      note: 'the limit that is reached first when the whole load grows',
    },
    growth: {
      value: Number(growthOf(limitedBy).toFixed(4)),
      source: SOURCES.sizing,
      note: 'growth of the whole load until that limit',
    },
    limits: partsOf(part => ({
      value: tier.limits[part],
      source: tier.sources.limits,
      ...(note && part !== 'users' && { note }),
    })),
    left: partsOf(part => ({
      value: tier.limits[part] - load[part],
      source: tier.sources.limits,
      note: `${load[part]} of ${tier.limits[part]} are taken`,
    })),
    ...(next && { nextTier: { value: next.name, source: next.source } }),
  };
}

function partsOf<T>(figure: (part: keyof Load) => T): Record<keyof Load, T> {
  return {
    users: figure('users'),
    runningWorkspaces: figure('runningWorkspaces'),
    concurrentBuilds: figure('concurrentBuilds'),
  };
}
