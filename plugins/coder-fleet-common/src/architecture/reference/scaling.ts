import { SOURCES, Sourced, inSection } from '../source';

/**
 * Formulas and limits of the texts about scaling.
 *
 * @public
 */
export type Scaling = {
  /** Running workspaces, as a part of the users, in every tier. */
  runningShareOfUsers: Sourced<number>;
  /** Builds at the same time, as a part of the users, in every tier. */
  buildShareOfUsers: Sourced<number>;
  /** Users that one vCPU of a control plane or a workspace proxy carries. */
  usersPerControlPlaneVcpu: Sourced<number>;
  memoryGBPerControlPlaneVcpu: Sourced<number>;
  minControlPlaneVcpu: Sourced<number>;
  minControlPlaneMemoryGB: Sourced<number>;
  /** Builds that one vCPU of provisioners carries; the pages of the tiers say one. */
  buildsPerProvisionerVcpu: Sourced<number>;
  memoryGBPerProvisionerVcpu: Sourced<number>;
  /** Provisioners on one machine, at most. */
  maxProvisionersPerMachine: Sourced<number>;
  /** Built-in provisioners are enough up to here. */
  builtInProvisionersMaxUsers: Sourced<number>;
  builtInProvisionersMaxBuilds: Sourced<number>;
  /** Goal for queries of workspaces and templates and for operations of builds. */
  apiLatencyMs: Sourced<number>;
  minReplicas: Sourced<number>;
  /** From here on larger replicas instead of more. The page of the 10k tier says 10. */
  replicasToGoVertical: Sourced<number>;
  /** Between replicas of the control plane, and to the database. */
  maxReplicaLatencyMs: Sourced<number>;
  /** Between users or workspaces and the control plane. */
  maxUserLatencyMs: Sourced<number>;
  maxUserPacketLoss: Sourced<number>;
  minLogRetentionDays: Sourced<number>;
  preferredLogRetentionDays: Sourced<number>;
  minMetricRetentionMonths: Sourced<number>;
};

const tierPages = inSection(SOURCES.cva, 'Pages of the tiers');
const formulas = inSection(SOURCES.scaleTesting, 'Formulas');
const availability = inSection(SOURCES.scaleCoder, 'Availability');
const observability = inSection(SOURCES.scaleCoder, 'Observability');

/**
 * Formulas and limits of scaling.
 *
 * @public
 */
export const SCALING: Scaling = {
  runningShareOfUsers: { value: 0.6, source: tierPages },
  buildShareOfUsers: { value: 0.06, source: tierPages },
  usersPerControlPlaneVcpu: { value: 250, source: formulas },
  memoryGBPerControlPlaneVcpu: { value: 2, source: formulas },
  minControlPlaneVcpu: { value: 1, source: formulas },
  minControlPlaneMemoryGB: { value: 2, source: formulas },
  buildsPerProvisionerVcpu: {
    value: 2,
    source: formulas,
    alternatives: [{ value: 1, source: tierPages }],
  },
  memoryGBPerProvisionerVcpu: { value: 1, source: formulas },
  maxProvisionersPerMachine: { value: 30, source: tierPages },
  builtInProvisionersMaxUsers: { value: 100, source: tierPages },
  builtInProvisionersMaxBuilds: { value: 10, source: tierPages },
  apiLatencyMs: {
    value: 300,
    source: inSection(SOURCES.scaleTesting, 'Goals'),
  },
  minReplicas: { value: 3, source: availability },
  replicasToGoVertical: {
    value: 10,
    source: availability,
    alternatives: [{ value: 10, source: SOURCES.tierPage('10k') }],
  },
  maxReplicaLatencyMs: { value: 10, source: availability },
  maxUserLatencyMs: { value: 400, source: SOURCES.networking },
  maxUserPacketLoss: { value: 0.005, source: SOURCES.networking },
  minLogRetentionDays: { value: 30, source: observability },
  preferredLogRetentionDays: { value: 90, source: observability },
  minMetricRetentionMonths: { value: 6, source: observability },
};
