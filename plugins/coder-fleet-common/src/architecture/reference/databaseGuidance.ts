import { SOURCES, Sourced, inSection } from '../source';

/**
 * What the texts say of the database beside the tables.
 *
 * @public
 */
export type DatabaseGuidance = {
  /** Oldest major version of PostgreSQL. */
  minMajorVersion: Sourced<number>;
  /** Below this many users and this part of them active, the baseline is enough. */
  baselineUsers: Sourced<number>;
  baselineActiveShare: Sourced<number>;
  baselineVcpu: Sourced<number>;
  baselineMemoryGB: Sourced<number>;
  baselineStorageGB: Sourced<number>;
  /** External provisioners that the baseline carries. */
  baselineProvisioners: Sourced<number>;
  /** vCPU to add for each full step of active users. */
  vcpuPerStep: Sourced<number>;
  activeUsersPerStep: Sourced<number>;
  /** Round trip between control plane and database, to stay below. */
  maxLatencyMs: Sourced<number>;
  /** Above it Coder's own health report warns: a database between both passes there. */
  healthThresholdMs: Sourced<number>;
  /** More of `max_connections` than the replicas open together. */
  connectionReserve: Sourced<number>;
  /** vCPU to add to each replica of the control plane when Coder encrypts. */
  vcpuPerReplicaForEncryption: Sourced<number>;
};

const requirements = inSection(SOURCES.cvaDatabase, 'Performance efficiency');

/**
 * Guidance for the database.
 *
 * @public
 */
export const DATABASE_GUIDANCE: DatabaseGuidance = {
  minMajorVersion: { value: 13, source: SOURCES.requirements },
  baselineUsers: { value: 1000, source: requirements },
  baselineActiveShare: { value: 0.3, source: requirements },
  baselineVcpu: { value: 2, source: requirements },
  baselineMemoryGB: { value: 8, source: requirements },
  baselineStorageGB: { value: 512, source: requirements },
  baselineProvisioners: { value: 100, source: requirements },
  vcpuPerStep: { value: 2, source: requirements },
  activeUsersPerStep: { value: 1000, source: requirements },
  maxLatencyMs: { value: 10, source: requirements },
  healthThresholdMs: {
    value: 15,
    source: inSection(
      SOURCES.serverOptions,
      'CODER_HEALTH_CHECK_THRESHOLD_DATABASE',
    ),
  },
  connectionReserve: {
    value: 0.2,
    source: inSection(SOURCES.scaleCoder, 'Connections to PostgreSQL'),
  },
  vcpuPerReplicaForEncryption: { value: 1, source: requirements },
};
