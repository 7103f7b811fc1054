import type {
  Clock,
  StateInput,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import type { TimedVerdict } from '../tracker/stateHorizon';
import { isPostgres, rowsOf } from './dialect';
import { touchFacts, writeFacts } from './factsTable';
import type { PolledFact } from './factsTable';
import { toDate, toFact, versionSort } from './rows';
import type { BigIntColumn, FactRow, FleetRow } from './rows';
import { rowset } from './rowset';
import { verdictColumns } from './verdictColumns';

/**
 * The facts of a deployment, by key.
 *
 * @internal
 */
export type Facts = StateInput['facts'];

/**
 * A deployment that this replica polls now.
 *
 * @internal
 */
export type ClaimedDeployment = {
  name: string;
  accessUrl: string;
  plannedReplicas: number;
  /** When its registration was last changed. */
  registeredAt: Date;
  /** The state that the last poll stored. */
  state: string;
  facts: Facts;
};

/**
 * What a poll found.
 *
 * @internal
 */
export type PollResult = {
  name: string;
  facts: PolledFact[];
  verdict: TimedVerdict;
  observedVersion?: string;
  lastSeen?: Date;
  nextDueAt: Date;
};

const RESULT_COLUMNS = {
  name: 'text',
  state: 'text',
  state_reason: 'text',
  state_until: 'bigint',
  next_state: 'text',
  next_state_reason: 'text',
  observed_version: 'text',
  observed_version_sort: 'text',
  last_seen: 'bigint',
  next_due_at: 'bigint',
} as const;

/**
 * The due queue and what polls find. Any number of replicas share it: a claim is a lease, and only who
 * still holds it may write. Locks are taken in the order queue, deployments, facts.
 *
 * @internal
 */
export class TrackingStore {
  readonly #client: Knex;
  readonly #clock: Clock;

  constructor(options: { client: Knex; clock: Clock }) {
    this.#client = options.client;
    this.#clock = options.clock;
  }

  /** Claims deployments that are due, the longest due first. */
  async claimDue(options: {
    replicaId: string;
    limit: number;
    leaseMs: number;
  }): Promise<ClaimedDeployment[]> {
    const { replicaId, limit, leaseMs } = options;
    const now = this.#clock().getTime();
    // Replicas that claim at the same time pass over each other's rows instead of waiting for them
    const skip = isPostgres(this.#client) ? 'for update skip locked' : '';
    const claimed = await this.#client.raw(
      `with due as materialized (
         select deployment from due_queue
         where next_due_at <= ? and (claimed_until is null or claimed_until <= ?)
         order by next_due_at limit ? ${skip}
       )
       update due_queue set claimed_by = ?, claimed_until = ?
       where deployment in (select deployment from due)
       returning deployment`,
      [now, now, limit, replicaId, now + leaseMs],
    );
    return this.#read(
      rowsOf<{ deployment: string }>(claimed).map(row => row.deployment),
    );
  }

  /** Claims one deployment, due or not; `undefined` while somebody else polls it, or when there is none. */
  async claim(options: {
    replicaId: string;
    name: string;
    leaseMs: number;
  }): Promise<ClaimedDeployment | undefined> {
    const { replicaId, name, leaseMs } = options;
    const now = this.#clock().getTime();
    const count = await this.#client('due_queue')
      .where({ deployment: name })
      .where(free =>
        free.whereNull('claimed_until').orWhere('claimed_until', '<=', now),
      )
      .update({ claimed_by: replicaId, claimed_until: now + leaseMs });
    return count > 0 ? (await this.#read([name]))[0] : undefined;
  }

  /**
   * Writes what polls found and gives the claims back, in one transaction. Answers with the names that
   * were written: a lost claim writes nothing.
   */
  async complete(
    replicaId: string,
    results: readonly PollResult[],
  ): Promise<Set<string>> {
    return this.#client.transaction(async trx => {
      const rows = results.map(toResultRow);
      const written = await trx.raw(
        `update due_queue
         set next_due_at = v.next_due_at, claimed_by = null, claimed_until = null
         from ? where due_queue.deployment = v.name and due_queue.claimed_by = ?
         returning deployment`,
        [rowset(trx, RESULT_COLUMNS, rows), replicaId],
      );
      const names = new Set(
        rowsOf<{ deployment: string }>(written).map(row => row.deployment),
      );
      const isKept = ({ name }: { name: string }) => names.has(name);
      await trx.raw(
        `update deployments set
           state = v.state, state_reason = v.state_reason, state_until = v.state_until,
           next_state = v.next_state, next_state_reason = v.next_state_reason,
           observed_version = v.observed_version,
           observed_version_sort = v.observed_version_sort, last_seen = v.last_seen
         from ? where deployments.name = v.name`,
        [rowset(trx, RESULT_COLUMNS, rows.filter(isKept))],
      );
      const facts = results.filter(isKept).flatMap(result => result.facts);
      await writeFacts(
        trx,
        facts.filter(fact => fact.changed),
      );
      await touchFacts(
        trx,
        facts.filter(fact => !fact.changed),
      );
      return names;
    });
  }

  /** Gives back what a replica holds: it is due as before. */
  async release(replicaId: string): Promise<void> {
    await this.#client('due_queue')
      .where({ claimed_by: replicaId })
      .update({ claimed_by: null, claimed_until: null });
  }

  /** When the next deployment is due that nobody polls; `undefined` when there is none. */
  async nextDueAt(): Promise<Date | undefined> {
    const row: { next_due_at: BigIntColumn } | undefined = await this.#client(
      'due_queue',
    )
      .select('next_due_at')
      .whereNull('claimed_until')
      .orderBy('next_due_at')
      .first();
    return row && toDate(row.next_due_at);
  }

  /** What is known of a deployment. */
  async facts(name: string): Promise<Facts> {
    return (await this.#factsOf([name])).get(name) ?? {};
  }

  async #read(names: readonly string[]): Promise<ClaimedDeployment[]> {
    if (names.length === 0) {
      return [];
    }
    const [rows, facts] = await Promise.all([
      this.#client<FleetRow>('deployments')
        .select('name', 'access_url', 'planned_replicas', 'updated_at', 'state')
        .whereIn('name', names),
      this.#factsOf(names),
    ]);
    return rows.map(row => ({
      name: row.name,
      accessUrl: row.access_url,
      plannedReplicas: row.planned_replicas,
      registeredAt: toDate(row.updated_at),
      state: row.state,
      facts: facts.get(row.name) ?? {},
    }));
  }

  async #factsOf(names: readonly string[]): Promise<Map<string, Facts>> {
    const rows: FactRow[] = await this.#client<FactRow>('facts')
      .select('*')
      .whereIn('deployment', names);
    const byName = new Map<string, Facts>();
    for (const row of rows) {
      const facts = byName.get(row.deployment) ?? {};
      byName.set(row.deployment, { ...facts, [row.key]: toFact(row) });
    }
    return byName;
  }
}

function toResultRow(result: PollResult) {
  const { name, verdict, observedVersion, lastSeen, nextDueAt } = result;
  return {
    name,
    ...verdictColumns(verdict),
    observed_version: observedVersion ?? null,
    observed_version_sort: observedVersion
      ? versionSort(observedVersion)
      : null,
    last_seen: lastSeen?.getTime() ?? null,
    next_due_at: nextDueAt.getTime(),
  };
}
