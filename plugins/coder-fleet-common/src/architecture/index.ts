export * from './comparePlans';
export * from './headroom';
export * from './plan';
export { type PlannedDatabase } from './planDatabase';
export { type PlanFigure, planFigures } from './planFigures';
export { type PlanRemark } from './planRemarks';
export { type PlanTotals } from './planTotals';
export { type PlannedWorkspaces } from './planWorkspaces';
export * from './reference';
export {
  BUILDS_PER_RUNNING_WORKSPACE,
  LOAD_PARTS,
  type Load,
  type LoadInput,
  loadOf,
  regionShares,
  tierByName,
  tierFor,
} from './sizing';
export * from './source';
export {
  CVA_GENERATION,
  CVA_GENERATIONS,
  type ContainerSize,
  type CvaGeneration,
  TIERS,
  type Tier,
  CVA_GENERATION_KEY,
  cvaGenerationOf,
  TIER_NAMES,
  type TierName,
  type TierPart,
  tiersOf,
} from './tiers';
