import { randomUUID } from 'node:crypto';
import type {
  Clock,
  PendingRequest,
  Waiver,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import type { Scope } from '../permissions/scope';
import { toDate } from './rows';
import type { BigIntColumn } from './rows';
import { applyScope } from './scopeQuery';
import { insertWaivers } from './WaiverStore';

type PendingRequestRow = {
  deployment: string;
  owner: string;
  business_unit: string;
  region: string;
  rules: string;
  granted: string;
  requested_by: string;
  requested_at: BigIntColumn;
};

/**
 * Requests that wait until somebody accepts that they deviate. What was accepted is kept here until the
 * deployment is registered, and is a waiver of it from then on.
 *
 * @internal
 */
export class PendingRequestStore {
  readonly #client: Knex;
  readonly #clock: Clock;

  constructor(options: { client: Knex; clock: Clock }) {
    this.#client = options.client;
    this.#clock = options.clock;
  }

  /** Lists a request, or what it asks for now. What was accepted of it before is kept. */
  async ask(request: Omit<PendingRequest, 'requestedAt'>): Promise<void> {
    const row = {
      deployment: request.deployment,
      owner: request.owner,
      business_unit: request.businessUnit,
      region: request.region,
      rules: JSON.stringify(request.rules),
      requested_by: request.requestedBy,
      requested_at: this.#clock().getTime(),
    };
    await this.#client<PendingRequestRow>('pending_requests')
      .insert({ ...row, granted: '[]' })
      .onConflict('deployment')
      .merge(row);
  }

  /** What waits in a scope, the oldest first. */
  async list(scope: Scope): Promise<PendingRequest[]> {
    const query = this.#client<PendingRequestRow>('pending_requests')
      .whereNot('rules', '[]')
      .orderBy(['requested_at', 'deployment']);
    applyScope(query, scope);
    const rows: PendingRequestRow[] = await query;
    return rows.map(toPendingRequest);
  }

  /**
   * Accepts everything that a request of a scope waits for. `undefined` when no such request waits; else
   * the rules.
   */
  async grant(
    deployment: string,
    options: {
      scope: Scope;
      reason: string;
      grantedBy: string;
      expiresAt: Date;
    },
  ): Promise<string[] | undefined> {
    const { scope, reason, grantedBy, expiresAt } = options;
    return this.#client.transaction(async trx => {
      const query = trx<PendingRequestRow>('pending_requests')
        .where({ deployment })
        .whereNot('rules', '[]')
        .forUpdate();
      applyScope(query, scope);
      const [row]: PendingRequestRow[] = await query;
      if (!row) {
        return undefined;
      }
      const rules = toPendingRequest(row).rules.map(({ rule }) => rule);
      const now = this.#clock().toISOString();
      const added = rules.map<Waiver>(rule => ({
        id: randomUUID(),
        deployment,
        rule,
        reason,
        grantedBy,
        grantedAt: now,
        expiresAt: expiresAt.toISOString(),
      }));
      const granted = JSON.stringify([...grantedOf(row), ...added]);
      await trx('pending_requests')
        .where({ deployment })
        .update({ rules: '[]', granted });
      return rules;
    });
  }

  /** What was accepted of a request, expired ones too. */
  async granted(deployment: string): Promise<Waiver[]> {
    const row = await this.#client<PendingRequestRow>('pending_requests')
      .where({ deployment })
      .first();
    return row ? grantedOf(row) : [];
  }

  /** Takes a request of a scope off the list. `false` when there is none. */
  async dismiss(deployment: string, scope: Scope): Promise<boolean> {
    const query = this.#client('pending_requests').where({ deployment });
    applyScope(query, scope);
    return (await query.delete()) > 0;
  }

  /** The deployment is registered: what was accepted of the request is a waiver now, and nothing waits. */
  async settle(deployment: string): Promise<void> {
    await this.#client.transaction(async trx => {
      const row: PendingRequestRow | undefined = await trx<PendingRequestRow>(
        'pending_requests',
      )
        .where({ deployment })
        .forUpdate()
        .first();
      if (row) {
        await insertWaivers(trx, grantedOf(row));
        await trx('pending_requests').where({ deployment }).delete();
      }
    });
  }
}

function grantedOf(row: PendingRequestRow): Waiver[] {
  return JSON.parse(row.granted);
}

function toPendingRequest(row: PendingRequestRow): PendingRequest {
  return {
    deployment: row.deployment,
    owner: row.owner,
    businessUnit: row.business_unit,
    region: row.region,
    rules: JSON.parse(row.rules),
    requestedBy: row.requested_by,
    requestedAt: toDate(row.requested_at).toISOString(),
  };
}
