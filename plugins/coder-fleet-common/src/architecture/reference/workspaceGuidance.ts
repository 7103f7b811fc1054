import { SOURCES, Sourced, inSection } from '../source';

/**
 * What the texts say of workspaces and the machines under them.
 *
 * @public
 */
export type WorkspaceGuidance = {
  /** What a workspace is reckoned with. */
  vcpu: Sourced<number>;
  memoryGB: Sourced<number>;
  /** What its agent alone needs. */
  agentVcpu: Sourced<number>;
  agentMemoryMB: Sourced<number>;
  /** A machine that workspaces run on. */
  nodeVcpu: Sourced<number>;
  nodeMemoryGB: Sourced<number>;
  /** Pods of workspaces on one machine, at most. */
  maxPodsPerNode: Sourced<number>;
  /** Memory for each user, in the older pages. */
  memoryGBPerUser: Sourced<number>;
  /** Part of CPU or memory in use at which machines are added. */
  scaleUpShare: Sourced<number>;
};

const formulas = inSection(SOURCES.scaleTesting, 'Formulas');
const tierPages = inSection(SOURCES.cva, 'Pages of the tiers');
const olderPages = inSection(SOURCES.cva, 'Older pages of the tiers');

/**
 * Guidance for workspaces.
 *
 * @public
 */
export const WORKSPACE_GUIDANCE: WorkspaceGuidance = {
  vcpu: { value: 1, source: formulas },
  memoryGB: { value: 2, source: formulas },
  agentVcpu: { value: 0.1, source: tierPages },
  agentMemoryMB: {
    value: 128,
    source: tierPages,
    alternatives: [{ value: 256, source: formulas }],
  },
  nodeVcpu: { value: 8, source: olderPages },
  nodeMemoryGB: { value: 32, source: olderPages },
  maxPodsPerNode: { value: 256, source: olderPages },
  memoryGBPerUser: { value: 2, source: olderPages },
  scaleUpShare: {
    value: 0.8,
    source: inSection(SOURCES.scaleTesting, 'Autoscaling'),
  },
};
