import { SOURCES, Source } from '../source';

/** Of what lies below `upTo`, and above the step before, a node keeps this part. */
type Step = { upTo: number; share: number };

/**
 * What a node keeps for the system, the kubelet and eviction: a part of each step, and a fixed amount. Clouds differ; this
 * one is published as a formula.
 * Source: GKE, plan node sizes.
 *
 * @internal
 */
export const NODE_RESERVATION: {
  source: Source;
  vcpu: readonly Step[];
  memoryGiB: readonly Step[];
  evictionMiB: number;
} = {
  source: {
    title: 'GKE, plan node sizes',
    section: 'Memory and CPU reservations',
    url: 'https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes',
  },
  vcpu: [
    { upTo: 1, share: 0.06 },
    { upTo: 2, share: 0.01 },
    { upTo: 4, share: 0.005 },
    { upTo: Infinity, share: 0.0025 },
  ],
  memoryGiB: [
    { upTo: 4, share: 0.25 },
    { upTo: 8, share: 0.2 },
    { upTo: 16, share: 0.1 },
    { upTo: 128, share: 0.06 },
    { upTo: Infinity, share: 0.02 },
  ],
  evictionMiB: 100,
};

/**
 * What the pods of DaemonSets ask for on each node: network, metrics, logs. No text has a figure; measure yours.
 *
 * @internal
 */
export const DAEMON_SETS = {
  source: SOURCES.sizing,
  cpuMillis: 500,
  memoryGiB: 1,
} as const;
