import { SOURCES, Source, Sourced, inSection } from '../source';

const postgres: Source = {
  title: 'PostgreSQL, connections and authentication',
  url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
};

/**
 * What takes connections of the database beside the pools of the replicas.
 *
 * @internal
 */
export const CONNECTIONS = {
  /** `max_connections` of a server that nobody configured. */
  serverDefault: { value: 100, source: inSection(postgres, 'max_connections') },
  /** Of them, these are for superusers alone. */
  forSuperusers: {
    value: 3,
    source: inSection(postgres, 'superuser_reserved_connections'),
  },
  /** Each replica opens these outside of its pool, to hear of changes. */
  listenersPerReplica: {
    value: 1,
    source: {
      title: 'Coder, source of the server',
      section: 'PGPubsub',
      url: 'https://github.com/coder/coder/blob/main/coderd/database/pubsub/pubsub.go',
    },
  },
  /** Replicas that a rolling update starts before it ends old ones. */
  surgeReplicas: { value: 1, source: inSection(SOURCES.sizing, 'Updates') },
  /** Those of a backup: its snapshot, the dump, and a question to the server. */
  forJobs: { value: 3, source: inSection(SOURCES.sizing, 'Backups') },
} as const satisfies Record<string, Sourced<number>>;
