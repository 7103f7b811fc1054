import type {
  BackupRecord,
  Clock,
  RestoreDrill,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import type { BigIntColumn } from './rows';

/** A year of daily runs and a month more; the oldest go first. */
const MAX_RUNS = 400;

type RunTable = 'backup_records' | 'restore_drills';

type RunRow = {
  deployment: string;
  run_id: string;
  finished_at: BigIntColumn;
  reported_at: BigIntColumn;
  record: string;
};

/**
 * What was reported of backups and restore drills.
 *
 * @internal
 */
export class BackupStore {
  readonly #client: Knex;
  readonly #clock: Clock;

  constructor(options: { client: Knex; clock: Clock }) {
    this.#client = options.client;
    this.#clock = options.clock;
  }

  /** Records a backup of a registered deployment. `false` when the run was reported before. */
  recordBackup(deployment: string, record: BackupRecord): Promise<boolean> {
    return this.#record('backup_records', deployment, record);
  }

  /** Records a drill of a registered deployment. `false` when the run was reported before. */
  recordDrill(deployment: string, drill: RestoreDrill): Promise<boolean> {
    return this.#record('restore_drills', deployment, drill);
  }

  /** The newest backups of a deployment, the newest first. */
  backups(deployment: string, limit = MAX_RUNS): Promise<BackupRecord[]> {
    return this.#list('backup_records', deployment, limit);
  }

  /** The newest drills of a deployment, the newest first. */
  drills(deployment: string, limit = MAX_RUNS): Promise<RestoreDrill[]> {
    return this.#list('restore_drills', deployment, limit);
  }

  async #record(
    table: RunTable,
    deployment: string,
    run: BackupRecord | RestoreDrill,
  ): Promise<boolean> {
    return this.#client.transaction(async trx => {
      const added = await trx<RunRow>(table)
        .insert({
          deployment,
          run_id: run.runId,
          finished_at: Date.parse(run.finishedAt),
          reported_at: this.#clock().getTime(),
          record: JSON.stringify(run),
        })
        .onConflict(['deployment', 'run_id'])
        .ignore()
        .returning('run_id');
      if (added.length > 0) {
        const kept = trx<RunRow>(table)
          .select('run_id')
          .where({ deployment })
          .orderBy('finished_at', 'desc')
          .limit(MAX_RUNS);
        await trx<RunRow>(table)
          .where({ deployment })
          .whereNotIn('run_id', kept)
          .delete();
      }
      return added.length > 0;
    });
  }

  async #list<T>(
    table: RunTable,
    deployment: string,
    limit: number,
  ): Promise<T[]> {
    const rows: Array<Pick<RunRow, 'record'>> = await this.#client<RunRow>(
      table,
    )
      .select('record')
      .where({ deployment })
      .orderBy([
        { column: 'finished_at', order: 'desc' },
        { column: 'run_id', order: 'desc' },
      ])
      .limit(limit);
    return rows.map(({ record }) => JSON.parse(record));
  }
}
