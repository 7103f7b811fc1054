import { randomUUID } from 'node:crypto';
import { readFile, rename, link, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';

const LOCK_FILE = 'coder-fleet.lock';
const POLL_MS = 50;

/**
 * Publishing takes milliseconds; whoever cannot be asked whether it lives has this long. It is not longer
 * than the scaffolder waits before it resumes a task (30 s by default), which must not find its own lock.
 */
const ABANDONED_AFTER_MS = 30_000;

type Owner = { pid: number; host: string; token: string };

/** Work that waits for its turn in this process, by repository. */
const queues = new Map<string, Promise<unknown>>();

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function parseOwner(text: string): Partial<Owner> {
  try {
    return JSON.parse(text) as Partial<Owner>;
  } catch {
    return {}; // its owner is just writing, or died doing so
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

async function readLock(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

async function isAbandoned(
  path: string,
  options: { text: string; clock: Clock },
): Promise<boolean> {
  const { pid, host } = parseOwner(options.text);
  // A restarted container may get its old process id again: then only age tells.
  if (pid !== undefined && host === hostname() && pid !== process.pid) {
    return !isRunning(pid);
  }
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
  return options.clock().getTime() - mtimeMs > ABANDONED_AFTER_MS;
}

/** Moves an abandoned lock away, and puts it back when someone was faster and it is a new one. */
async function takeAway(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== text) {
      await link(aside, path);
    }
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error) ?? '')) {
      throw error;
    }
  } finally {
    await rm(aside, { force: true });
  }
}

async function acquire(
  path: string,
  options: { clock: Clock; waitMs: number },
): Promise<() => Promise<void>> {
  const owner: Owner = {
    pid: process.pid,
    host: hostname(),
    token: randomUUID(),
  };
  const own = JSON.stringify(owner);
  for (let waited = 0; ; waited += POLL_MS) {
    try {
      await writeFile(path, own, { flag: 'wx' });
      return async () => {
        if ((await readLock(path)) === own) {
          await rm(path, { force: true });
        }
      };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        throw error;
      }
    }
    const text = await readLock(path);
    if (text !== undefined) {
      if (await isAbandoned(path, { text, clock: options.clock })) {
        await takeAway(path, text);
        continue;
      }
      if (waited >= options.waitMs) {
        const { pid = 'unknown', host = 'unknown' } = parseOwner(text);
        throw new ConflictError(
          `The repository is being changed by process ${pid} on ${host}; try again`,
        );
      }
    }
    await sleep(POLL_MS);
  }
}

/**
 * Runs `work` while no other process and nobody else in this one changes the repository. The lock of a
 * process that died is taken over. Throws a `ConflictError` when it is not free within `waitMs`.
 *
 * @internal
 */
export async function withRepositoryLock<T>(
  options: { gitdir: string; clock: Clock; waitMs: number },
  work: () => Promise<T>,
): Promise<T> {
  const { gitdir, clock, waitMs } = options;
  const locked = async () => {
    const release = await acquire(join(gitdir, LOCK_FILE), { clock, waitMs });
    try {
      return await work();
    } finally {
      await release();
    }
  };
  const turn = (queues.get(gitdir) ?? Promise.resolve()).then(locked, locked);
  queues.set(gitdir, turn);
  try {
    return await turn;
  } finally {
    if (queues.get(gitdir) === turn) {
      queues.delete(gitdir);
    }
  }
}
