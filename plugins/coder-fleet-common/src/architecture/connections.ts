import { CONNECTIONS } from './reference/connections';
import { DATABASE_GUIDANCE } from './reference/databaseGuidance';
import { ceil } from './sizing';

/** Replicas of the control plane, and the size of the pool of each. */
type Pools = { replicas: number; perReplica: number };

/**
 * Connections that PostgreSQL has to offer, so that none is refused while an update and a backup run: those of all
 * replicas with the reserve of the guidance, and what superusers and jobs take.
 *
 * @internal
 */
export function connectionsNeeded({ replicas, perReplica }: Pools): number {
  const { surgeReplicas, listenersPerReplica, forSuperusers, forJobs } =
    CONNECTIONS;
  const open =
    (replicas + surgeReplicas.value) * (perReplica + listenersPerReplica.value);
  return (
    ceil(open * (1 + DATABASE_GUIDANCE.connectionReserve.value)) +
    forSuperusers.value +
    forJobs.value
  );
}

/**
 * How {@link connectionsNeeded} comes to its sum.
 *
 * @internal
 */
export function connectionsInWords({ replicas, perReplica }: Pools): string {
  const { surgeReplicas, listenersPerReplica, forSuperusers, forJobs } =
    CONNECTIONS;
  return `${replicas === 1 ? 'a replica' : `${replicas} replicas`} and ${surgeReplicas.value} more in an update, each with ${perReplica} and ${
    listenersPerReplica.value
  } that listens, ${DATABASE_GUIDANCE.connectionReserve.value * 100} % more, ${
    forSuperusers.value
  } for superusers and ${forJobs.value} for a backup`;
}
