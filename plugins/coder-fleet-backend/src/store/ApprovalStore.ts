import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  type Clock,
  type CoderDeployment,
  requestDigest,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import { isWithin, type Scope } from '../permissions/scope';
import { normalizeOwner, toDate } from './rows';
import type { BigIntColumn } from './rows';
import { applyScope } from './scopeQuery';

type ApprovalRow = {
  deployment: string;
  owner: string;
  business_unit: string;
  region: string;
  digest: string;
  asked: string;
  tier: string;
  requested_by: string;
  requested_at: BigIntColumn;
  approved_digest: string | null;
  approved_by: string | null;
  approved_at: BigIntColumn | null;
  comment: string | null;
};

/**
 * A request that waits for an approval.
 *
 * @internal
 */
export type WaitingApproval = {
  asked: CoderDeployment;
  /** SHA-256 of exactly what is asked for, in hexadecimal. */
  digest: string;
  tier: string;
  owner: string;
  businessUnit: string;
  region: string;
  requestedBy: string;
  requestedAt: string;
};

/**
 * A request of somebody's own: it waits, or was approved and is not registered yet.
 *
 * @internal
 */
export type OwnApproval = WaitingApproval & { given?: GivenApproval };

/**
 * An approval: of exactly what, whose, and what was said with it.
 *
 * @internal
 */
export type GivenApproval = {
  /** SHA-256 of exactly what was approved, in hexadecimal. */
  digest: string;
  approvedBy: string;
  comment?: string;
};

/**
 * Requests that wait until somebody else approves exactly them. What was approved is kept here until exactly
 * that is registered, or something else of the same name is approved.
 *
 * @internal
 */
export class ApprovalStore {
  readonly #client: Knex;
  readonly #clock: Clock;

  constructor(options: { client: Knex; clock: Clock }) {
    this.#client = options.client;
    this.#clock = options.clock;
  }

  /**
   * Lists what is asked for now instead of what was before; what was approved stays approved. Asked for again
   * it stays the request of who asked first.
   */
  async ask(request: {
    asked: CoderDeployment;
    tier: string;
    requestedBy: string;
  }): Promise<void> {
    const { asked, tier, requestedBy } = request;
    const { owner, businessUnit, regions } = asked.spec;
    const row = {
      deployment: asked.metadata.name,
      owner: normalizeOwner(owner),
      business_unit: businessUnit,
      region: regions[0].name,
      digest: requestDigest(asked),
      asked: JSON.stringify(asked),
      tier,
      requested_by: requestedBy,
      requested_at: this.#clock().getTime(),
    };
    await this.#rows()
      .insert(row)
      .onConflict('deployment')
      .merge(row)
      .whereNot('request_approvals.digest', row.digest);
  }

  /** What waits in a scope, the oldest first. */
  async list(scope: Scope): Promise<WaitingApproval[]> {
    const query = this.#waiting();
    applyScope(query, scope);
    const rows: ApprovalRow[] = await query;
    return rows.map(toWaitingApproval);
  }

  /** What one person asked for and is not registered yet, the oldest first. */
  async listOf(requestedBy: string): Promise<OwnApproval[]> {
    const rows: ApprovalRow[] = await this.#rows()
      .where({ requested_by: requestedBy })
      .orderBy(['requested_at', 'deployment']);
    return rows.map(row => {
      const given = toGivenApproval(row);
      return {
        ...toWaitingApproval(row),
        ...(given?.digest === row.digest && { given }),
      };
    });
  }

  /**
   * Approves exactly the request that was looked at. `false` when none of a scope waits. Throws a
   * `NotAllowedError` to who asked for it, and a `ConflictError` when something else is asked for by now.
   */
  async approve(
    deployment: string,
    options: GivenApproval & { scope: Scope },
  ): Promise<boolean> {
    const { scope, digest, approvedBy, comment } = options;
    return this.#client.transaction(async trx => {
      const row: ApprovalRow | undefined = await this.#waiting(trx)
        .where({ deployment })
        .forUpdate()
        .first();
      if (row?.requested_by === approvedBy) {
        throw new NotAllowedError(
          `You asked for "${deployment}" yourself: somebody else has to approve it`,
        );
      }
      if (!row || !isWithin(toWaitingApproval(row), scope)) {
        return false;
      }
      if (row.digest !== digest) {
        throw new ConflictError(
          `The request for "${deployment}" was changed meanwhile: look at what is asked for now`,
        );
      }
      await this.#rows(trx)
        .where({ deployment })
        .update({
          approved_digest: digest,
          approved_by: approvedBy,
          approved_at: this.#clock().getTime(),
          comment: comment ?? null,
        });
      return true;
    });
  }

  /** The approval of a deployment that is not spent. */
  async approved(deployment: string): Promise<GivenApproval | undefined> {
    const row = await this.#rows().where({ deployment }).first();
    return row && toGivenApproval(row);
  }

  /** Takes a request of a scope off the list, and its approval back. `false` when there is none. */
  async dismiss(deployment: string, scope: Scope): Promise<boolean> {
    const query = this.#rows().where({ deployment });
    applyScope(query, scope);
    return (await query.delete()) > 0;
  }

  /** Like {@link ApprovalStore.dismiss}, by who asked for it. */
  async withdraw(deployment: string, requestedBy: string): Promise<boolean> {
    const count = await this.#rows()
      .where({ deployment, requested_by: requestedBy })
      .delete();
    return count > 0;
  }

  /** Exactly this is registered: it does not wait any more, and its approval is spent. */
  async settle(registered: CoderDeployment): Promise<void> {
    const deployment = registered.metadata.name;
    const digest = requestDigest(registered);
    await this.#client.transaction(async trx => {
      await this.#rows(trx).where({ deployment, digest }).delete();
      await this.#rows(trx)
        .where({ deployment, approved_digest: digest })
        .update({
          approved_digest: null,
          approved_by: null,
          approved_at: null,
          comment: null,
        });
    });
  }

  #rows(client: Knex = this.#client) {
    return client<ApprovalRow>('request_approvals');
  }

  #waiting(client: Knex = this.#client) {
    return this.#rows(client)
      .where(query =>
        query
          .whereNull('approved_digest')
          .orWhere('approved_digest', '<>', client.ref('digest')),
      )
      .orderBy(['requested_at', 'deployment']);
  }
}

function toWaitingApproval(row: ApprovalRow): WaitingApproval {
  return {
    asked: JSON.parse(row.asked),
    digest: row.digest,
    tier: row.tier,
    owner: row.owner,
    businessUnit: row.business_unit,
    region: row.region,
    requestedBy: row.requested_by,
    requestedAt: toDate(row.requested_at).toISOString(),
  };
}

function toGivenApproval(row: ApprovalRow): GivenApproval | undefined {
  return row.approved_digest !== null && row.approved_by !== null
    ? {
        digest: row.approved_digest,
        approvedBy: row.approved_by,
        ...(row.comment !== null && { comment: row.comment }),
      }
    : undefined;
}
