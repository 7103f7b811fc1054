import {
  createHash,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type {
  Clock,
  IssuedReportToken,
  ReportToken,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import { toDate } from './rows';
import type { BigIntColumn } from './rows';

/** Two: a new one is put in place before the old one is taken away. */
const MAX_VALID = 2;

/** So that people and scanners of secrets know one when they see it. */
const PREFIX = 'cfr_';
const TOKEN_BYTES = 32;

type ReportTokenRow = {
  id: string;
  deployment: string;
  token_hash: string;
  created_by: string;
  created_at: BigIntColumn;
  last_used_at: BigIntColumn | null;
};

/**
 * Tokens with which backup jobs report. Only their hashes are kept: 256 random bits need no slow hash.
 *
 * @internal
 */
export class ReportTokenStore {
  readonly #client: Knex;
  readonly #clock: Clock;

  constructor(options: { client: Knex; clock: Clock }) {
    this.#client = options.client;
    this.#clock = options.clock;
  }

  /**
   * Issues a token of a registered deployment. Throws a `ConflictError` when two are valid already.
   */
  async issue(
    deployment: string,
    createdBy: string,
  ): Promise<IssuedReportToken> {
    const token = PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
    const row: ReportTokenRow = {
      id: randomUUID(),
      deployment,
      token_hash: hashOf(token).toString('hex'),
      created_by: createdBy,
      created_at: this.#clock().getTime(),
      last_used_at: null,
    };
    await this.#client.transaction(async trx => {
      // Whoever issues another one at the same time waits here
      await trx('deployments').where({ name: deployment }).forUpdate().first();
      const valid = await trx('report_tokens').where({ deployment });
      if (valid.length >= MAX_VALID) {
        throw new ConflictError(
          `"${deployment}" has ${MAX_VALID} valid report tokens: revoke the one that is not used any more`,
        );
      }
      await trx('report_tokens').insert(row);
    });
    return { ...toReportToken(row), token };
  }

  /** The valid tokens of a deployment, newest first. */
  async list(deployment: string): Promise<ReportToken[]> {
    const rows: ReportTokenRow[] = await this.#client<ReportTokenRow>(
      'report_tokens',
    )
      .where({ deployment })
      .orderBy([{ column: 'created_at', order: 'desc' }, 'id']);
    return rows.map(toReportToken);
  }

  /** Makes a token worthless. `false` when the deployment has no such token. */
  async revoke(deployment: string, id: string): Promise<boolean> {
    const revoked = await this.#client('report_tokens')
      .where({ deployment, id })
      .delete();
    return revoked > 0;
  }

  /**
   * The id of a deployment's token; `undefined` when it is none of its tokens. Takes as long whichever
   * it is.
   */
  async verify(deployment: string, token: string): Promise<string | undefined> {
    const rows: ReportTokenRow[] = await this.#client<ReportTokenRow>(
      'report_tokens',
    ).where({ deployment });
    const given = hashOf(token);
    let id: string | undefined;
    for (let i = 0; i < MAX_VALID; i++) {
      const expected = rows[i]
        ? Buffer.from(rows[i].token_hash, 'hex')
        : Buffer.alloc(given.length);
      if (timingSafeEqual(given, expected)) {
        id = rows[i]?.id;
      }
    }
    return id;
  }

  /** Notes that something was reported with a token. */
  async used(id: string): Promise<void> {
    await this.#client('report_tokens')
      .where({ id })
      .update({ last_used_at: this.#clock().getTime() });
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function toReportToken(row: ReportTokenRow): ReportToken {
  return {
    id: row.id,
    createdBy: row.created_by,
    createdAt: toDate(row.created_at).toISOString(),
    ...(row.last_used_at !== null && {
      lastUsedAt: toDate(row.last_used_at).toISOString(),
    }),
  };
}
