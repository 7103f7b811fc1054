import { randomUUID } from 'node:crypto';
import type {
  Clock,
  DeploymentFacts,
  Fact,
  FactKey,
  UpgradeWindow,
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
export type Facts = { [K in FactKey]?: Fact<DeploymentFacts[K]> };

/**
 * A deployment that this replica polls now.
 *
 * @internal
 */
export type ClaimedDeployment = {
  name: string;
  /** What the poll's result must bring along; void once somebody else, or this replica again, claims it. */
  claim: string;
  accessUrl: string;
  plannedReplicas: number;
  /** When its registration was last changed. */
  registeredAt: Date;
  /** The state that the last poll stored. */
  state: string;
  /** As declared; it may be over. */
  upgrade?: UpgradeWindow;
  facts: Facts;
};

/**
 * What a poll found.
 *
 * @internal
 */
export type PollResult = {
  name: string;
  /** The claim under which it was found. */
  claim: string;
  facts: PolledFact[];
  verdict: TimedVerdict;
  observedVersion?: string;
  lastSeen?: Date;
  nextDueAt: Date;
};

/** Longer than any version of Coder; a server may send anything. */
const MAX_VERSION_LENGTH = 100;

const RESULT_COLUMNS = {
  name: 'text',
  claim: 'text',
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
    const claim = newClaim(replicaId);
    const claimed = await this.#client.raw(
      `with due as materialized (
         select deployment from due_queue
         where next_due_at <= ? and (claimed_until is null or claimed_until <= ?)
         order by next_due_at limit ? ${skip}
       )
       update due_queue set claimed_by = ?, claimed_until = ?
       where deployment in (select deployment from due)
       returning deployment`,
      [now, now, limit, claim, now + leaseMs],
    );
    return this.#read(
      claim,
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
    const claim = newClaim(replicaId);
    const count = await this.#client('due_queue')
      .where({ deployment: name })
      .where(free =>
        free.whereNull('claimed_until').orWhere('claimed_until', '<=', now),
      )
      .update({ claimed_by: claim, claimed_until: now + leaseMs });
    return count > 0 ? (await this.#read(claim, [name]))[0] : undefined;
  }

  /**
   * Writes what polls found and gives the claims back, in one transaction. Answers with the results that
   * were written: a lost claim writes nothing.
   */
  async complete(results: readonly PollResult[]): Promise<Set<PollResult>> {
    return this.#client.transaction(async trx => {
      const kept = await this.#lockHeld(trx, results);
      const rows = rowset(trx, RESULT_COLUMNS, kept.map(toResultRow));
      await trx.raw(
        `update due_queue
         set next_due_at = v.next_due_at, claimed_by = null, claimed_until = null
         from ? where due_queue.deployment = v.name`,
        [rows],
      );
      await trx.raw(
        `update deployments set
           state = v.state, state_reason = v.state_reason, state_until = v.state_until,
           next_state = v.next_state, next_state_reason = v.next_state_reason,
           observed_version = v.observed_version,
           observed_version_sort = v.observed_version_sort, last_seen = v.last_seen
         from ? where deployments.name = v.name`,
        [rows],
      );
      const facts = kept.flatMap(result => result.facts);
      await writeFacts(
        trx,
        facts.filter(fact => fact.changed),
      );
      await touchFacts(
        trx,
        facts.filter(fact => !fact.changed),
      );
      return new Set(kept);
    });
  }

  /** Gives back what a replica holds: it is due as before. */
  async release(replicaId: string): Promise<void> {
    await this.#client('due_queue')
      .where('claimed_by', 'like', `${replicaId}/%`)
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

  /** Those whose claim holds; it cannot be lost any more until the transaction ends. */
  async #lockHeld(
    trx: Knex.Transaction,
    results: readonly PollResult[],
  ): Promise<PollResult[]> {
    const lock = isPostgres(trx) ? 'for update of due_queue' : '';
    const held = await trx.raw(
      `select due_queue.deployment, due_queue.claimed_by from due_queue
       join ? on due_queue.deployment = v.name and due_queue.claimed_by = v.claim ${lock}`,
      [
        rowset(
          trx,
          { name: 'text', claim: 'text' },
          results.map(({ name, claim }) => ({ name, claim })),
        ),
      ],
    );
    const claims = new Map(
      rowsOf<{ deployment: string; claimed_by: string }>(held).map(row => [
        row.deployment,
        row.claimed_by,
      ]),
    );
    return results.filter(({ name, claim }) => claims.get(name) === claim);
  }

  async #read(
    claim: string,
    names: readonly string[],
  ): Promise<ClaimedDeployment[]> {
    if (names.length === 0) {
      return [];
    }
    const [rows, facts] = await Promise.all([
      this.#client<FleetRow>('deployments')
        .select(
          'name',
          'access_url',
          'planned_replicas',
          'updated_at',
          'state',
          'upgrade_window',
        )
        .whereIn('name', names),
      this.#factsOf(names),
    ]);
    return rows.map(row => ({
      name: row.name,
      claim,
      accessUrl: row.access_url,
      plannedReplicas: row.planned_replicas,
      registeredAt: toDate(row.updated_at),
      state: row.state,
      ...(row.upgrade_window !== null && {
        upgrade: JSON.parse(row.upgrade_window),
      }),
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

/** Every claim is one of its own: a replica that claims again must not take an old result for a new one. */
function newClaim(replicaId: string): string {
  return `${replicaId}/${randomUUID()}`;
}

function toResultRow(result: PollResult) {
  const { name, claim, verdict, lastSeen, nextDueAt } = result;
  const observedVersion = result.observedVersion?.slice(0, MAX_VERSION_LENGTH);
  return {
    name,
    claim,
    ...verdictColumns(verdict),
    observed_version: observedVersion ?? null,
    observed_version_sort: observedVersion
      ? versionSort(observedVersion)
      : null,
    last_seen: lastSeen?.getTime() ?? null,
    next_due_at: nextDueAt.getTime(),
  };
}
