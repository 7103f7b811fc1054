import { connectionsInWords, connectionsNeeded } from './connections';
import { CONNECTIONS } from './reference/connections';
import { DATABASE_GUIDANCE } from './reference/databaseGuidance';
import {
  DATABASE_INSTANCES,
  DatabaseInstanceRow,
  DatabaseSizeClass,
} from './reference/databaseInstances';
import { SERVER_DEFAULTS } from './reference/serverDefaults';
import { ceil } from './sizing';
import { Sourced, sourced, SOURCES } from './source';
import { Tier, sameTierElsewhere } from './tiers';

/**
 * The database that the CVA asks for.
 *
 * @public
 */
export type PlannedDatabase = {
  vcpu: Sourced<number>;
  memoryGB: Sourced<number>;
  storageGB: Sourced<number>;
  /** How the CVA's table of cloud instances calls this size. */
  sizeClass: Sourced<DatabaseSizeClass>;
  /** Whether the engine should run with a standby. */
  highlyAvailable: Sourced<boolean>;
  /** Connections that each replica of the control plane opens at most. */
  connectionsPerReplica: Sourced<number>;
  /** PostgreSQL's `max_connections`, at least. */
  maxConnections: Sourced<number>;
};

/**
 * Sizes the database. The page of the tier decides; the other texts stand beside it.
 *
 * @internal
 */
export function planDatabase(options: {
  tier: Tier;
  activeUsers: number;
  /** Of the control plane. */
  replicas: number;
  /** Whether the request asks for a standby. */
  standby: boolean;
}): PlannedDatabase {
  const { tier, activeUsers, replicas, standby } = options;
  const instances = instancesFor(tier);
  const others = sameTierElsewhere(tier);
  return {
    vcpu: planVcpu({ tier, others, instances, activeUsers }),
    memoryGB: sourced(
      { value: tier.database.memoryGB, source: tier.sources.database },
      [
        DATABASE_GUIDANCE.baselineMemoryGB,
        ...others.map(({ database, sources }) => ({
          value: database.memoryGB,
          source: sources.database,
        })),
      ],
    ),
    storageGB: planStorage(tier, others),
    sizeClass: { value: instances.size, source: instances.source },
    highlyAvailable: standby
      ? askedStandby(tier, instances)
      : planHighAvailability(tier, instances),
    ...planConnections(replicas),
  };
}

function instancesFor({ limits }: Tier): DatabaseInstanceRow {
  const row = DATABASE_INSTANCES.find(
    ({ maxUsers = Infinity }) => limits.users <= maxUsers,
  );
  return row ?? DATABASE_INSTANCES[DATABASE_INSTANCES.length - 1];
}

function planVcpu(options: {
  tier: Tier;
  others: readonly Tier[];
  instances: DatabaseInstanceRow;
  activeUsers: number;
}): Sourced<number> {
  const { tier, others, instances, activeUsers } = options;
  const { baselineVcpu, vcpuPerStep, activeUsersPerStep } = DATABASE_GUIDANCE;
  const steps = Math.floor(activeUsers / activeUsersPerStep.value);
  const byRule = {
    value: baselineVcpu.value + steps * vcpuPerStep.value,
    source: baselineVcpu.source,
  };
  const byTable = { value: tier.database.vcpu, source: tier.sources.database };
  const rest = [
    { value: instances.vcpu, source: instances.source },
    ...others.map(({ database, sources }) => ({
      value: database.vcpu,
      source: sources.database,
    })),
  ];
  if (byRule.value > byTable.value) {
    const note = `${baselineVcpu.value} and ${vcpuPerStep.value} more for each ${activeUsersPerStep.value} active users; the table says less`;
    return sourced({ ...byRule, note }, [byTable, ...rest]);
  }
  return sourced(byTable, [byRule, ...rest]);
}

function planStorage(tier: Tier, others: readonly Tier[]): Sourced<number> {
  const baseline = DATABASE_GUIDANCE.baselineStorageGB;
  const byTable = [tier, ...others].flatMap(({ database, sources }) =>
    database.storageGB === undefined
      ? []
      : [{ value: database.storageGB, source: sources.database }],
  );
  return tier.database.storageGB === undefined
    ? sourced(
        {
          ...baseline,
          note: 'the baseline; it grows with activity, builds, logs and encryption',
        },
        byTable,
      )
    : sourced({ ...byTable[0] }, [baseline]);
}

/** Nobody who asks for a standby is told that there is none. */
function askedStandby(
  tier: Tier,
  instances: DatabaseInstanceRow,
): Sourced<boolean> {
  const { value, source } = planHighAvailability(tier, instances);
  return sourced({ value: true, source: SOURCES.request }, [{ value, source }]);
}

function planHighAvailability(
  tier: Tier,
  instances: DatabaseInstanceRow,
): Sourced<boolean> {
  if (tier.database.highlyAvailable !== undefined) {
    return {
      value: tier.database.highlyAvailable,
      source: tier.sources.database,
    };
  }
  const large = instances.size === 'large';
  return {
    value: large,
    source: DATABASE_GUIDANCE.baselineVcpu.source,
    note: 'advised for large deployments',
    ...(large && {
      alternatives: [{ value: false, source: tier.sources.database }],
    }),
  };
}

function planConnections(
  replicas: number,
): Pick<PlannedDatabase, 'connectionsPerReplica' | 'maxConnections'> {
  const { connectionsPerReplica } = SERVER_DEFAULTS;
  return {
    connectionsPerReplica,
    maxConnections: planMaxConnections({
      replicas,
      perReplica: connectionsPerReplica.value,
    }),
  };
}

/** The formula of the guidance stands beside: it counts neither updates nor what others take. */
function planMaxConnections(pools: {
  replicas: number;
  perReplica: number;
}): Sourced<number> {
  const { serverDefault } = CONNECTIONS;
  const { connectionReserve } = DATABASE_GUIDANCE;
  const needed = connectionsNeeded(pools);
  const words = connectionsInWords(pools);
  const byGuidance = {
    value: ceil(
      pools.replicas * pools.perReplica * (1 + connectionReserve.value),
    ),
    source: connectionReserve.source,
  };
  return sourced(
    needed < serverDefault.value
      ? {
          ...serverDefault,
          note: `the default, not to go below it; ${needed} are needed: ${words}`,
        }
      : { value: needed, source: SOURCES.sizing, note: words },
    [byGuidance],
  );
}
