import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { CycleJudge } from '../cva/CycleJudge';
import type { ClaimedDeployment, TrackingStore } from '../store/TrackingStore';
import type { CoderApi } from './CoderApi';
import { intervalsOf } from './collectors';
import type { Intervals } from './collectors';
import { Limiter } from './Limiter';
import { poll } from './poll';
import { ResultWriter } from './ResultWriter';

/** Rows of one claim. */
const CLAIM_LIMIT = 50;

/** Polls, and requests, at the same time. */
const MAX_IN_FLIGHT = 400;

/** A replica that dies gives its claims back after this long. Longer than any poll takes. */
const LEASE_MS = 60_000;

/** Between two looks at the due queue: what others register is noticed after the longer one at the latest. */
const MIN_IDLE_MS = 200;
const MAX_IDLE_MS = 1_000;

/** How long a refresh waits for a poll that runs already. */
const REFRESH_TRIES = 80;
const REFRESH_RETRY_MS = 250;

/**
 * The tracker of one replica: takes what is due from the shared queue, looks at it, writes what it found.
 *
 * @internal
 */
export class Tracker {
  readonly #store: TrackingStore;
  readonly #apiOf: (accessUrl: string) => CoderApi;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #replicaId: string;
  readonly #judge?: Pick<CycleJudge, 'polled'>;
  readonly #intervals: Intervals;
  readonly #writer: ResultWriter;
  readonly #limiter = new Limiter(MAX_IN_FLIGHT);
  readonly #stopping = new AbortController();
  readonly #polls = new Set<Promise<void>>();
  readonly #refreshes = new Map<string, Promise<void>>();
  #running?: Promise<void>;
  #resume?: () => void;
  #woken = false;
  /** What fails at the moment: names, and the empty text for the queue. */
  readonly #failing = new Set<string>();

  constructor(options: {
    store: TrackingStore;
    apiOf: (accessUrl: string) => CoderApi;
    clock: Clock;
    logger: LoggerService;
    /** Unique over all replicas and their restarts. */
    replicaId: string;
    cycleMs: number;
    healthMs: number;
    /** Judges what polls find; nobody does where it is left out. */
    judge?: Pick<CycleJudge, 'polled'>;
  }) {
    this.#judge = options.judge;
    this.#store = options.store;
    this.#apiOf = options.apiOf;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#replicaId = options.replicaId;
    this.#intervals = intervalsOf(options);
    this.#writer = new ResultWriter(options);
    // Every request in flight listens
    setMaxListeners(0, this.#stopping.signal);
  }

  /**
   * Polls until the signal is aborted or the tracker is stopped. Rejects when the queue cannot be read:
   * the scheduler then starts it again.
   */
  run(signal: AbortSignal): Promise<void> {
    const running = this.#run(signal);
    this.#running = running.catch(() => {});
    return running;
  }

  /** Something may be due now. */
  wake(): void {
    this.#woken = true;
    this.#resume?.();
  }

  /**
   * Looks at a deployment now and has it make a new health report. Several callers get the same look.
   * Throws a `ServiceUnavailableError` while another replica does not finish its own.
   */
  refresh(name: string): Promise<void> {
    const running = this.#refreshes.get(name);
    if (running) {
      return running;
    }
    const started = this.#refresh(name).finally(() =>
      this.#refreshes.delete(name),
    );
    this.#refreshes.set(name, started);
    return started;
  }

  /** Ends what runs and gives the claims back, so that other replicas need not wait for them. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await Promise.allSettled([this.#running, ...this.#refreshes.values()]);
    await this.#store.release(this.#replicaId);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const ended = () => signal.aborted || this.#stopping.signal.aborted;
    const wake = () => this.wake();
    signal.addEventListener('abort', wake);
    try {
      while (!ended()) {
        await this.#pause(await this.#takeDue());
      }
    } catch (error) {
      this.#failed('', 'The due queue cannot be read', error);
      throw error;
    } finally {
      signal.removeEventListener('abort', wake);
      await Promise.allSettled(this.#polls);
    }
  }

  /** Starts polls of what is due; answers with how long to wait for more. */
  async #takeDue(): Promise<number> {
    if (this.#polls.size + CLAIM_LIMIT > MAX_IN_FLIGHT) {
      return MAX_IDLE_MS;
    }
    const claimed = await this.#store.claimDue({
      replicaId: this.#replicaId,
      limit: CLAIM_LIMIT,
      leaseMs: LEASE_MS,
    });
    this.#failing.delete('');
    for (const deployment of claimed) {
      const started = this.#pollSafely(deployment).finally(() => {
        this.#polls.delete(started);
        if (this.#polls.size + CLAIM_LIMIT === MAX_IN_FLIGHT) {
          this.wake();
        }
      });
      this.#polls.add(started);
    }
    if (claimed.length === CLAIM_LIMIT) {
      return 0;
    }
    const due = await this.#store.nextDueAt();
    const wait = due ? due.getTime() - this.#clock().getTime() : MAX_IDLE_MS;
    return Math.min(Math.max(wait, MIN_IDLE_MS), MAX_IDLE_MS);
  }

  #pause(ms: number): Promise<void> {
    if (ms === 0 || this.#woken) {
      this.#woken = false;
      return Promise.resolve();
    }
    return new Promise(resolve => {
      const done = () => {
        this.#resume = undefined;
        this.#woken = false;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#resume = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  async #refresh(name: string): Promise<void> {
    for (let tries = 0; tries < REFRESH_TRIES; tries++) {
      const claimed = await this.#store.claim({
        replicaId: this.#replicaId,
        name,
        leaseMs: LEASE_MS,
      });
      if (claimed) {
        await this.#poll(claimed, true);
        return;
      }
      await sleep(REFRESH_RETRY_MS, undefined, {
        signal: this.#stopping.signal,
      });
    }
    throw new ServiceUnavailableError(
      `"${name}" is being looked at by somebody else, who does not finish: try again in a minute`,
    );
  }

  async #pollSafely(deployment: ClaimedDeployment): Promise<void> {
    try {
      await this.#poll(deployment, false);
      this.#failing.delete(deployment.name);
    } catch (error) {
      // The claim ends by itself, and the deployment is due again
      if (!this.#stopping.signal.aborted) {
        this.#failed(
          deployment.name,
          `"${deployment.name}" cannot be polled`,
          error,
        );
      }
    }
  }

  async #poll(deployment: ClaimedDeployment, force: boolean): Promise<void> {
    const result = await poll(deployment, {
      api: this.#apiOf(deployment.accessUrl),
      intervals: this.#intervals,
      limiter: this.#limiter,
      clock: this.#clock,
      force,
      signal: this.#stopping.signal,
    });
    const { state, reason } = result.verdict.current;
    if (!(await this.#writer.write(result))) {
      return;
    }
    if (state !== deployment.state) {
      this.#logger.info(
        `"${deployment.name}" is ${state}, was ${deployment.state}: ${reason}`,
      );
    }
    // Rules may take their time: the next poll does not wait for them
    void this.#judge?.polled(result);
  }

  /** Says so once, not at every poll of a longer outage. */
  #failed(key: string, what: string, error: unknown) {
    if (!this.#failing.has(key)) {
      this.#failing.add(key);
      this.#logger.warn(`${what}: ${stringifyError(error)}`);
    }
  }
}
