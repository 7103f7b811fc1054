import type {
  Fact,
  FactKey,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import { rowset } from './rowset';

/**
 * A fact after a poll. One with the same value, status and message as before is not `changed`: only its
 * times are written.
 *
 * @internal
 */
export type PolledFact = {
  /** Name of the deployment. */
  name: string;
  key: FactKey;
  fact: Fact<unknown>;
  changed: boolean;
};

const FACT_COLUMNS = {
  name: 'text',
  key: 'text',
  value: 'text',
  observed_at: 'bigint',
  attempted_at: 'bigint',
  collector: 'text',
  interval_ms: 'bigint',
  status: 'text',
  message: 'text',
} as const;

const TIME_COLUMNS = {
  name: 'text',
  key: 'text',
  observed_at: 'bigint',
  attempted_at: 'bigint',
  interval_ms: 'bigint',
} as const;

/**
 * Writes facts whole, new ones too.
 *
 * @internal
 */
export async function writeFacts(
  trx: Knex.Transaction,
  facts: readonly PolledFact[],
): Promise<void> {
  if (facts.length > 0) {
    await trx.raw(
      `insert into facts (deployment, key, value, observed_at, attempted_at,
         collector, interval_ms, status, message)
       select v.name, v.key, v.value, v.observed_at, v.attempted_at,
         v.collector, v.interval_ms, v.status, v.message
       from ? where true
       on conflict (deployment, key) do update set
         value = excluded.value, observed_at = excluded.observed_at,
         attempted_at = excluded.attempted_at, collector = excluded.collector,
         interval_ms = excluded.interval_ms, status = excluded.status,
         message = excluded.message`,
      [rowset(trx, FACT_COLUMNS, facts.map(toFactRow))],
    );
  }
}

/**
 * Writes the times of facts that are as they were.
 *
 * @internal
 */
export async function touchFacts(
  trx: Knex.Transaction,
  facts: readonly PolledFact[],
): Promise<void> {
  if (facts.length > 0) {
    await trx.raw(
      `update facts set observed_at = v.observed_at, attempted_at = v.attempted_at,
         interval_ms = v.interval_ms
       from ? where facts.deployment = v.name and facts.key = v.key`,
      [rowset(trx, TIME_COLUMNS, facts.map(toTimesRow))],
    );
  }
}

function toTimesRow({ name, key, fact }: PolledFact) {
  return {
    name,
    key,
    observed_at: fact.observedAt?.getTime() ?? null,
    attempted_at: fact.attemptedAt.getTime(),
    interval_ms: fact.intervalMs,
  };
}

function toFactRow(polled: PolledFact) {
  const { fact } = polled;
  return {
    ...toTimesRow(polled),
    value: fact.value === undefined ? null : JSON.stringify(fact.value),
    collector: fact.collector,
    status: fact.status,
    message: fact.message ?? null,
  };
}
