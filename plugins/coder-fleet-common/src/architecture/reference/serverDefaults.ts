import { SOURCES, Sourced, inSection } from '../source';

/**
 * Defaults of the server that sizing builds on.
 *
 * @public
 */
export type ServerDefaults = {
  /** Connections that each replica opens to PostgreSQL, at most. */
  connectionsPerReplica: Sourced<number>;
  /** Of them, one of so many stays open when idle. */
  openConnectionsPerIdle: Sourced<number>;
  /** Provisioners inside each replica. */
  builtInProvisioners: Sourced<number>;
};

const option = (name: string) => inSection(SOURCES.serverOptions, name);

/**
 * Defaults of the server.
 *
 * @public
 */
export const SERVER_DEFAULTS: ServerDefaults = {
  connectionsPerReplica: {
    value: 10,
    source: option('CODER_PG_CONN_MAX_OPEN'),
  },
  openConnectionsPerIdle: {
    value: 3,
    source: option('CODER_PG_CONN_MAX_IDLE'),
  },
  builtInProvisioners: {
    value: 3,
    source: option('CODER_PROVISIONER_DAEMONS'),
  },
};
