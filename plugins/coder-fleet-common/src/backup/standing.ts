import type { BackupRecord } from './records';
import { scheduleIntervalMs } from './schedule';

/**
 * How old the last restore drill may be, in days. This project's own figure.
 *
 * @public
 */
export const MAX_DRILL_AGE_DAYS = 90;

const DAY_MS = 24 * 60 * 60_000;

/**
 * How a deployment stands with its backups: `recent` (the last good one is younger than twice its
 * interval, and nothing failed since), `failing` (it is, but the newest run failed), `overdue`, and `never`
 * where none was reported. Only `recent` is green.
 *
 * @public
 */
export type BackupStanding = 'recent' | 'failing' | 'overdue' | 'never';

/**
 * How it stands with its proofs: `proved`, `failed` (the last drill), `overdue`, `never`. Only `proved` is
 * green.
 *
 * @public
 */
export type DrillStanding = 'proved' | 'failed' | 'overdue' | 'never';

/**
 * What is asked of a run, a record or a rule's evidence of one.
 *
 * @public
 */
export type FinishedRun = Pick<BackupRecord, 'finishedAt' | 'outcome'>;

/**
 * Like {@link FinishedRun}, of a backup.
 *
 * @public
 */
export type FinishedBackup = FinishedRun & Pick<BackupRecord, 'verified'>;

/**
 * Until when a good backup is recent: twice the longest time between two runs of its schedule, so that
 * one late run alarms nobody.
 *
 * @public
 */
export function backupDueBy(finishedAt: string, schedule: string): Date {
  return new Date(Date.parse(finishedAt) + 2 * scheduleIntervalMs(schedule));
}

/**
 * Until when a drill proves something.
 *
 * @public
 */
export function drillDueBy(finishedAt: string): Date {
  return new Date(Date.parse(finishedAt) + MAX_DRILL_AGE_DAYS * DAY_MS);
}

/**
 * A good backup ended well, and nobody found its checksum wrong.
 *
 * @public
 */
export function isGoodBackup({ outcome, verified }: FinishedBackup): boolean {
  return outcome === 'succeeded' && verified !== false;
}

/**
 * The newest of some runs, in whatever order they come.
 *
 * @public
 */
export function newestRun<T extends FinishedRun>(
  runs: readonly T[],
): T | undefined {
  let newest: T | undefined;
  for (const run of runs) {
    if (!newest || Date.parse(run.finishedAt) > Date.parse(newest.finishedAt)) {
      newest = run;
    }
  }
  return newest;
}

/**
 * The newest good backup.
 *
 * @public
 */
export function newestGoodBackup<T extends FinishedBackup>(
  records: readonly T[],
): T | undefined {
  return newestRun(records.filter(isGoodBackup));
}

/**
 * See {@link BackupStanding}.
 *
 * @public
 */
export function backupStanding(
  records: readonly FinishedBackup[],
  options: { schedule: string; now: Date },
): BackupStanding {
  if (records.length === 0) {
    return 'never';
  }
  const good = newestGoodBackup(records);
  if (!good || backupDueBy(good.finishedAt, options.schedule) < options.now) {
    return 'overdue';
  }
  return isGoodBackup(newestRun(records)!) ? 'recent' : 'failing';
}

/**
 * See {@link DrillStanding}.
 *
 * @public
 */
export function drillStanding(
  drills: readonly FinishedRun[],
  options: { now: Date },
): DrillStanding {
  const last = newestRun(drills);
  if (!last) {
    return 'never';
  }
  if (last.outcome === 'failed') {
    return 'failed';
  }
  return drillDueBy(last.finishedAt) < options.now ? 'overdue' : 'proved';
}
