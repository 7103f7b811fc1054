import type { Finding } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import { toDate } from './rows';
import type { BigIntColumn } from './rows';

type EvaluationRow = {
  deployment: string;
  signature: string;
  evaluated_at: BigIntColumn;
  turns_at: BigIntColumn | null;
  findings: string;
};

/**
 * What the rules said, and of what evidence.
 *
 * @internal
 */
export type StoredEvaluation = {
  /** SHA-256 of what was judged. */
  signature: string;
  evaluatedAt: Date;
  /** From then on the same evidence may give other findings. */
  turnsAt?: Date;
  findings: Finding[];
};

/**
 * The last evaluation of each deployment.
 *
 * @internal
 */
export class EvaluationStore {
  readonly #client: Knex;

  constructor(options: { client: Knex }) {
    this.#client = options.client;
  }

  /** The last evaluation; `undefined` before the first. */
  async get(deployment: string): Promise<StoredEvaluation | undefined> {
    const row: EvaluationRow | undefined = await this.#client<EvaluationRow>(
      'evaluations',
    )
      .where({ deployment })
      .first();
    return (
      row && {
        signature: row.signature,
        evaluatedAt: toDate(row.evaluated_at),
        ...(row.turns_at !== null && { turnsAt: toDate(row.turns_at) }),
        findings: JSON.parse(row.findings),
      }
    );
  }

  /** Keeps an evaluation in place of the one before; of a deployment that is gone it keeps nothing. */
  async put(deployment: string, evaluation: StoredEvaluation): Promise<void> {
    const known = await this.#client('deployments')
      .select('name')
      .where({ name: deployment })
      .first();
    if (!known) {
      return;
    }
    await this.#client<EvaluationRow>('evaluations')
      .insert({
        deployment,
        signature: evaluation.signature,
        evaluated_at: evaluation.evaluatedAt.getTime(),
        turns_at: evaluation.turnsAt?.getTime() ?? null,
        findings: JSON.stringify(evaluation.findings),
      })
      .onConflict('deployment')
      .merge();
  }
}
