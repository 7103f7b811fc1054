import { z } from 'zod/v3';
import type { BackupRecord, RestoreDrill } from '../../backup/records';
import type { Shape } from './fact';

/**
 * One backup run, whatever engine made it; times are ISO 8601.
 *
 * @public
 */
export type BackupEvidence = {
  id: string;
  engine: string;
  finishedAt: string;
  outcome: 'succeeded' | 'failed';
  /** Whether its checksum or the engine's own check was verified. */
  verified?: boolean;
  /** Coder's version when it was made. */
  coderVersion?: string;
  /** Names of the Secrets that are part of the set. */
  secrets: readonly string[];
};

/**
 * A proof that a backup restores; times are ISO 8601.
 *
 * @public
 */
export type DrillEvidence = {
  id: string;
  finishedAt: string;
  outcome: 'succeeded' | 'failed';
  durationSeconds?: number;
};

/**
 * What is known of a deployment's backups.
 *
 * @public
 */
export type BackupsEvidence = {
  /** Newest first. */
  records: readonly BackupEvidence[];
  /** Newest first. */
  drills: readonly DrillEvidence[];
  /** What the engine itself is set to. */
  engine: { schedule?: string; retentionDays?: number };
};

const instant = z.string().datetime({ offset: true });
const outcome = z.enum(['succeeded', 'failed']);
const amount = z.number().finite().nonnegative();

/**
 * How evidence of the backups is read.
 *
 * @internal
 */
export const backupsShapes: {
  [K in keyof BackupsEvidence]: Shape<BackupsEvidence[K]>;
} = {
  records: z.array(
    z.object({
      id: z.string(),
      engine: z.string(),
      finishedAt: instant,
      outcome,
      verified: z.boolean().optional(),
      coderVersion: z.string().optional(),
      secrets: z.array(z.string()),
    }),
  ),
  drills: z.array(
    z.object({
      id: z.string(),
      finishedAt: instant,
      outcome,
      durationSeconds: amount.optional(),
    }),
  ),
  engine: z.object({
    schedule: z.string().optional(),
    retentionDays: amount.optional(),
  }),
};

/**
 * What rules read of a record.
 *
 * @public
 */
export function toBackupEvidence(record: BackupRecord): BackupEvidence {
  const { runId, engine, finishedAt, verified, coderVersion } = record;
  return {
    id: runId,
    engine,
    finishedAt,
    outcome: record.outcome,
    // A failed run read nothing back: that says nothing of a checksum
    ...(record.outcome === 'succeeded' &&
      verified !== undefined && { verified }),
    ...(coderVersion && { coderVersion }),
    secrets: record.secrets,
  };
}

/**
 * What rules read of a drill.
 *
 * @public
 */
export function toDrillEvidence(drill: RestoreDrill): DrillEvidence {
  const { runId, finishedAt, restoreMillis } = drill;
  return {
    id: runId,
    finishedAt,
    outcome: drill.outcome,
    ...(restoreMillis !== undefined && {
      durationSeconds: restoreMillis / 1000,
    }),
  };
}
