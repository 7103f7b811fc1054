import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const TAIL_LINES = 20;
const GRACE_MS = 10_000;
const ESC = String.fromCharCode(27);
const COLOURS = new RegExp(`${ESC}\\[[0-9;]*m`, 'g');

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Resolves to `condition()`'s first truthy result, or undefined after `timeoutMs`. */
export async function waitFor(condition, { timeoutMs, intervalMs = 100 }) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const result = await condition();
    if (result) {
      return result;
    }
    if (Date.now() > deadline) {
      return undefined;
    }
    await sleep(intervalMs);
  }
}

/**
 * A child process in a process group of its own: Ctrl-C in the terminal reaches
 * only us, and stopping it takes its own children along.
 */
export class Child {
  #process;
  #tail = [];

  /**
   * @param options - `name`; `command` and `args`; `cwd`; `env` on top of ours,
   *   or with `inherit: false` nothing but that; `ids`: `uid` and `gid`, unless
   *   they are ours; `logFile` for everything it prints; `onLine(line)` for each
   *   line of it; `fatal`: a pattern for a line after which it lives on but is of
   *   no use
   */
  constructor({
    name,
    command,
    args,
    cwd,
    env,
    inherit = true,
    ids = {},
    logFile,
    fatal,
    onLine,
  }) {
    this.name = name;
    this.logFile = logFile;
    this.fatal = fatal;
    this.stopping = false;
    mkdirSync(dirname(logFile), { recursive: true });
    const log = createWriteStream(logFile);
    this.#process = spawn(command, args, {
      ...ids,
      cwd,
      env: { ...(inherit ? process.env : {}), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const read = stream =>
      createInterface({ input: stream }).on('line', coloured => {
        const line = coloured.replace(COLOURS, '');
        log.write(`${line}\n`);
        this.#tail.push(line);
        if (this.#tail.length > TAIL_LINES) {
          this.#tail.shift();
        }
        onLine?.(line);
      });
    read(this.#process.stdout);
    read(this.#process.stderr);
    /** Resolves to a sentence on how it ended. */
    this.exited = new Promise(resolve => {
      this.#process.once('error', error => resolve(error.message));
      this.#process.once('close', (code, signal) => {
        log.end();
        resolve(signal ? `ended by ${signal}` : `ended with code ${code}`);
      });
    });
  }

  get pid() {
    return this.#process.pid;
  }

  get running() {
    const { pid, exitCode, signalCode } = this.#process;
    return pid !== undefined && exitCode === null && signalCode === null;
  }

  /** The last lines that it printed. */
  get tail() {
    return [...this.#tail];
  }

  /** Ends the whole group at once, as a loss of power would, and waits until it is gone. */
  async kill() {
    this.stopping = true;
    if (this.pid !== undefined && signalGroup(this.pid, 'SIGKILL')) {
      await this.exited;
    }
  }

  /** Asks the whole group to end, and ends it by force when it does not. */
  async stop() {
    this.stopping = true;
    if (this.pid === undefined) {
      return;
    }
    for (const signal of ['SIGTERM', 'SIGKILL']) {
      if (!signalGroup(this.pid, signal)) {
        return;
      }
      const gone = () => !signalGroup(this.pid, 0);
      if (await waitFor(gone, { timeoutMs: GRACE_MS, intervalMs: 50 })) {
        return;
      }
    }
  }
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Whether a GET of `url` is answered with a status below 400. */
export async function responds(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    await response.arrayBuffer();
    return response.status < 400;
  } catch {
    return false;
  }
}
