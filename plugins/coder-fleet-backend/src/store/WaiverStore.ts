import { randomUUID } from 'node:crypto';
import type {
  Clock,
  Waiver,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import { toDate } from './rows';
import type { BigIntColumn } from './rows';

type WaiverRow = {
  id: string;
  deployment: string;
  rule: string;
  reason: string;
  granted_by: string;
  granted_at: BigIntColumn;
  expires_at: BigIntColumn;
};

/**
 * Accepted deviations. Expired ones stay until somebody takes them back: they are evidence, too.
 *
 * @internal
 */
export class WaiverStore {
  readonly #client: Knex;
  readonly #clock: Clock;

  constructor(options: { client: Knex; clock: Clock }) {
    this.#client = options.client;
    this.#clock = options.clock;
  }

  /** Grants a waiver of a registered deployment. */
  async grant(
    waiver: Pick<Waiver, 'deployment' | 'rule' | 'reason' | 'grantedBy'> & {
      expiresAt: Date;
    },
  ): Promise<Waiver> {
    const granted: Waiver = {
      ...waiver,
      id: randomUUID(),
      grantedAt: this.#clock().toISOString(),
      expiresAt: waiver.expiresAt.toISOString(),
    };
    await insertWaivers(this.#client, [granted]);
    return granted;
  }

  /** Takes a waiver back. `false` when the deployment has no such waiver. */
  async revoke(deployment: string, id: string): Promise<boolean> {
    return (
      (await this.#client('waivers').where({ deployment, id }).delete()) > 0
    );
  }

  /** The waivers of a deployment, newest first, expired ones too. */
  async list(deployment: string): Promise<Waiver[]> {
    const rows: WaiverRow[] = await this.#client<WaiverRow>('waivers')
      .where({ deployment })
      .orderBy([{ column: 'granted_at', order: 'desc' }, 'id']);
    return rows.map(toWaiver);
  }
}

/**
 * Writes waivers of registered deployments.
 *
 * @internal
 */
export async function insertWaivers(
  client: Knex,
  waivers: readonly Waiver[],
): Promise<void> {
  if (waivers.length > 0) {
    await client<WaiverRow>('waivers').insert(
      waivers.map(waiver => ({
        id: waiver.id,
        deployment: waiver.deployment,
        rule: waiver.rule,
        reason: waiver.reason,
        granted_by: waiver.grantedBy,
        granted_at: Date.parse(waiver.grantedAt),
        expires_at: Date.parse(waiver.expiresAt),
      })),
    );
  }
}

function toWaiver(row: WaiverRow): Waiver {
  return {
    id: row.id,
    rule: row.rule,
    deployment: row.deployment,
    reason: row.reason,
    grantedBy: row.granted_by,
    grantedAt: toDate(row.granted_at).toISOString(),
    expiresAt: toDate(row.expires_at).toISOString(),
  };
}
