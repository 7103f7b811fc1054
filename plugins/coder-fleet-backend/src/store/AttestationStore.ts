import type {
  AttestationEvidence,
  Clock,
  StatementId,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import { toDate } from './rows';
import type { BigIntColumn } from './rows';

type AttestationRow = {
  deployment: string;
  statement: StatementId;
  /** SQLite has no booleans. */
  holds: boolean | number;
  note: string | null;
  attested_by: string;
  attested_at: BigIntColumn;
  review_by: BigIntColumn;
};

/**
 * What people said of deployments: the last word on each statement.
 *
 * @internal
 */
export class AttestationStore {
  readonly #client: Knex;
  readonly #clock: Clock;

  constructor(options: { client: Knex; clock: Clock }) {
    this.#client = options.client;
    this.#clock = options.clock;
  }

  /** Records somebody's word; it replaces the one before. */
  async give(attestation: {
    deployment: string;
    statement: StatementId;
    holds: boolean;
    note?: string;
    attestedBy: string;
    reviewBy: Date;
  }): Promise<void> {
    const { deployment, statement } = attestation;
    await this.#client<AttestationRow>('attestations')
      .insert({
        deployment,
        statement,
        holds: attestation.holds,
        note: attestation.note ?? null,
        attested_by: attestation.attestedBy,
        attested_at: this.#clock().getTime(),
        review_by: attestation.reviewBy.getTime(),
      })
      .onConflict(['deployment', 'statement'])
      .merge();
  }

  /** Takes a word back. `false` when there was none. */
  async withdraw(deployment: string, statement: StatementId): Promise<boolean> {
    const rows = this.#client('attestations').where({ deployment, statement });
    return (await rows.delete()) > 0;
  }

  /** What was said of a deployment, old words too. */
  async list(deployment: string): Promise<AttestationEvidence[]> {
    const rows: AttestationRow[] = await this.#client<AttestationRow>(
      'attestations',
    )
      .where({ deployment })
      .orderBy('statement');
    return rows.map(row => ({
      statement: row.statement,
      holds: Boolean(row.holds),
      ...(row.note !== null && { note: row.note }),
      attestedBy: row.attested_by,
      attestedAt: toDate(row.attested_at).toISOString(),
      reviewBy: toDate(row.review_by).toISOString(),
    }));
  }
}
