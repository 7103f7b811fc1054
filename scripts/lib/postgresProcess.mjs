import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outsidePath } from './postgresBinaries.mjs';
import { isAlive, waitFor } from './processes.mjs';

/** What PostgreSQL's lock file in a data folder says: `pid`, `port`, `status`. */
export async function readLock(data) {
  try {
    const text = await readFile(join(data, 'postmaster.pid'), 'utf8');
    const lines = text.split('\n').map(line => line.trim());
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7] };
  } catch {
    return undefined;
  }
}

/** Whether the process is a PostgreSQL that has not ended (a zombie has). */
export function isPostgres(pid) {
  let state;
  try {
    state = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^\d+ /, '');
  } catch {
    const fields = ['-o', 'comm=,stat=', '-p', String(pid)];
    state = spawnSync('ps', fields, { encoding: 'utf8' }).stdout ?? '';
  }
  return /postgres\)?\s+[^Z\s]/.test(state);
}

/** Ends open sessions and the server; insists when it takes too long. */
export async function stopServer({ data, pid }) {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL']) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    // The lock file is what it removes last; its process may linger as a zombie.
    const gone = async () => !isAlive(pid) || !(await readLock(data));
    if (await waitFor(gone, { timeoutMs: 10_000, intervalMs: 50 })) {
      return;
    }
  }
}

/** The id of the server that runs on this data folder, wherever that is. */
export async function runningPostgres(data) {
  for (const folder of [data, outsidePath(data)]) {
    const held = await readLock(folder);
    if (held && isAlive(held.pid) && isPostgres(held.pid)) {
      return held.pid;
    }
  }
  return undefined;
}

/**
 * Removes a data folder, wherever it is, and ends the server that a killed run
 * may have left on it.
 */
export async function removePostgres(data) {
  for (const folder of [data, outsidePath(data)]) {
    const held = await readLock(folder);
    if (held && isPostgres(held.pid)) {
      await stopServer({ data: folder, pid: held.pid });
    }
    await rm(folder, { recursive: true, force: true });
  }
  // Leaves no empty folder behind outside of this repository.
  await rmdir(dirname(outsidePath(data))).catch(() => {});
}
