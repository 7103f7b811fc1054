import { SOURCES, Source, inSection } from '../source';
import type { CloudName } from './types';

/**
 * What a group of machines is for.
 *
 * @public
 */
export type NodeRole =
  'controlPlane' | 'provisioners' | 'workspaces' | 'database';

/**
 * A family of machines that the CVA names for a role.
 *
 * @public
 */
export type NodeClass = {
  role: NodeRole;
  cloud: CloudName;
  /** Beginning of the names of its machine types. */
  family: string;
  source: Source;
};

const TIER_PAGES = inSection(SOURCES.cva, 'Pages of the tiers');

/**
 * Families of machines that the CVA names: general-purpose ones are fine, and these are its examples.
 *
 * @public
 */
export const NODE_CLASSES: readonly NodeClass[] = [
  {
    role: 'controlPlane',
    cloud: 'aws',
    family: 'm5',
    source: SOURCES.cvaCompute,
  },
  {
    role: 'provisioners',
    cloud: 'aws',
    family: 'c5',
    source: SOURCES.cvaCompute,
  },
  {
    role: 'workspaces',
    cloud: 'aws',
    family: 'm5',
    source: SOURCES.cvaCompute,
  },
  {
    role: 'database',
    cloud: 'aws',
    family: 'db.m5',
    source: SOURCES.cvaCompute,
  },
  { role: 'controlPlane', cloud: 'gcp', family: 'n4', source: TIER_PAGES },
  { role: 'controlPlane', cloud: 'aws', family: 'm8', source: TIER_PAGES },
  { role: 'provisioners', cloud: 'gcp', family: 'n4', source: TIER_PAGES },
  { role: 'provisioners', cloud: 'aws', family: 'm8', source: TIER_PAGES },
];

/**
 * A family whose machines slow down once their credits are used up.
 *
 * @public
 */
export type BurstableClass = {
  cloud: CloudName;
  /** For machines, or for managed databases. */
  kind: 'compute' | 'database';
  /** For people. */
  family: string;
  /** Matches the names of its types as they stand in node labels and in the clouds' APIs. */
  pattern: RegExp;
  source: Source;
};

/**
 * Families to refuse.
 *
 * @public
 */
export const BURSTABLE_CLASSES: readonly BurstableClass[] = [
  {
    cloud: 'aws',
    kind: 'compute',
    family: 't',
    pattern: /^t\d+[a-z]*\./i,
    source: SOURCES.cvaCompute,
  },
  {
    cloud: 'aws',
    kind: 'database',
    family: 'db.t',
    pattern: /^db\.t\d+[a-z]*\./i,
    source: SOURCES.cvaDatabase,
  },
  {
    cloud: 'azure',
    kind: 'database',
    family: 'B-series',
    pattern: /^(?:GP_|MO_|B_)?Standard_B\d+/i,
    source: SOURCES.cvaDatabase,
  },
];

/**
 * The burstable family that a machine type belongs to; `undefined` for any other.
 *
 * @public
 */
export function burstableClass(
  machineType: string,
): BurstableClass | undefined {
  return BURSTABLE_CLASSES.find(({ pattern }) => pattern.test(machineType));
}
