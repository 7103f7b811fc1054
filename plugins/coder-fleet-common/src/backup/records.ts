/**
 * One backup run, whatever engine made it, as it was reported. Times are ISO 8601.
 *
 * @public
 */
export type BackupRecord = {
  /** Of the run, unique in its deployment: a report that comes twice is one record. */
  runId: string;
  /** What made it: `pg_dump`, for example. */
  engine: string;
  startedAt: string;
  finishedAt: string;
  outcome: 'succeeded' | 'failed';
  /** Why it failed, in the engine's words. */
  error?: string;
  /** Where it lies; no secret. */
  location?: string;
  sizeBytes?: number;
  /** Of the dump, in hexadecimal. */
  sha256?: string;
  /** Whether it was read back from where it lies, and was what was made. */
  verified?: boolean;
  coderVersion?: string;
  /** Number of the last migration of Coder. */
  schemaVersion?: number;
  /** Version of PostgreSQL. */
  serverVersion?: string;
  /** Rows of key tables at the moment of the backup. */
  counts?: Record<string, number>;
  /** Names of the Secrets that belong to it. */
  secrets: string[];
  /** Schedule of the engine: five cron fields, UTC. */
  schedule?: string;
  retentionDays?: number;
};

/**
 * A proof that a backup restores, or that it does not. Times are ISO 8601.
 *
 * @public
 */
export type RestoreDrill = {
  runId: string;
  /** The backup that was restored; none when none was found. */
  backupRunId?: string;
  startedAt: string;
  finishedAt: string;
  outcome: 'succeeded' | 'failed';
  error?: string;
  /** How long the restore alone took, in milliseconds. */
  restoreMillis?: number;
  /** How long all of it took, in seconds. */
  totalSeconds?: number;
  sizeBytes?: number;
  schemaVersion?: number;
  counts?: Record<string, number>;
};
