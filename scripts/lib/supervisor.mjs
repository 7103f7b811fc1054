import { Child, isAlive } from './processes.mjs';

const LINE_LENGTH = 240;

/** What of a part's output is worth the reader's attention. */
const PROBLEMS = [
  /^\S+ \S+ (warn|error) /, // Backstage's log in development
  /"level":"error"/, // and in production, where warnings stay in the file
  /^ERROR in /, // the bundler
];

function isProblem(line) {
  return PROBLEMS.some(pattern => pattern.test(line));
}

/**
 * Keeps the parts of the portal together: starts them, prints what matters of
 * their output, notices when one dies, and stops all of them by their ids.
 */
export class Supervisor {
  #verbose;
  #print;
  #cleanups = [];
  #watches = [];
  #fail;

  /** @param options - `verbose`: print everything; `print(line)` */
  constructor({ verbose = false, print = console.log } = {}) {
    this.#verbose = verbose;
    this.#print = print;
    this.stopping = false;
    /** Rejects when a part dies that nobody stopped. */
    this.died = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.died.catch(() => {});
  }

  /** Starts a part (see services.mjs) that is to run until the end. */
  start(service) {
    const state = { pid: undefined, changed: false };
    const child = new Child({
      ...service,
      onLine: line => this.#read(child, state, line),
    });
    this.onStop(() => child.stop());
    child.exited.then(how => this.#ended(child, how));
    return child;
  }

  /** Runs a program to its end; throws with its last lines when it fails. */
  async run(service) {
    const child = new Child({
      ...service,
      onLine: line => this.#verbose && this.#show(service.name, line),
    });
    this.onStop(() => child.stop());
    const how = await child.exited;
    if (how !== 'ended with code 0') {
      throw new Error(describe(child, how));
    }
  }

  /** Something to do at the end; the last one registered is done first. */
  onStop(cleanup) {
    this.#cleanups.push(cleanup);
  }

  /** `promise`, unless a part dies first: then that error. */
  orDeath(promise) {
    return Promise.race([this.died, promise]);
  }

  /** Reports PostgreSQL or anything else that is not a `Child`. */
  watch(name, exited) {
    exited.then(how => {
      if (!this.stopping) {
        this.#fail(new Error(`${name} ${how}.`));
      }
    });
  }

  async stop() {
    if (this.stopping) {
      return;
    }
    this.stopping = true;
    this.#watches.forEach(clearInterval);
    for (const cleanup of this.#cleanups.reverse()) {
      await cleanup();
    }
  }

  #ended(child, how) {
    if (!this.stopping && !child.stopping) {
      this.#fail(new Error(describe(child, how)));
    }
  }

  #read(child, state, line) {
    const announced = /^\[coder-fleet\] process (\d+)$/.exec(line);
    if (announced) {
      this.#lookAfter(child, state, Number(announced[1]));
      return;
    }
    if (line.startsWith('Change detected, restarting')) {
      state.changed = true;
      state.pid = undefined;
    }
    if (child.fatal?.test(line) && !state.changed) {
      // Its reasons follow in the next lines.
      setTimeout(() => this.#ended(child, 'failed'), 500);
    }
    if (this.#verbose || (isProblem(line) && !this.stopping)) {
      this.#show(child.name, line);
    }
  }

  /**
   * backstage-cli outlives the backend that it runs. A backend that dies after
   * an edit waits for the next edit; any other death ends the portal.
   */
  #lookAfter(child, state, pid) {
    state.pid = pid;
    const watch = setInterval(() => {
      if (this.stopping || state.pid !== pid) {
        clearInterval(watch);
      } else if (!isAlive(pid)) {
        clearInterval(watch);
        if (state.changed) {
          this.#show(child.name, 'ended; change a source file to start it');
        } else {
          this.#ended(child, 'ended');
        }
      }
    }, 500);
    this.#watches.push(watch);
  }

  #show(name, line) {
    // Stack traces and objects follow in the same line: the log has all of it.
    const long = !this.#verbose && line.length > LINE_LENGTH;
    const text = long ? `${line.slice(0, LINE_LENGTH)} …` : line;
    this.#print(`[${name}] ${text}`);
  }
}

function describe({ name, tail, logFile }, how) {
  const lines = tail.map(line => `  ${line}\n`).join('');
  return `${name} ${how}. Its last lines:\n${lines}All of it: ${logFile}`;
}
