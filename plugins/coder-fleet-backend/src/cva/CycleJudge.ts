import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { PollResult } from '../store/TrackingStore';
import type { Judge } from './Judge';

/** However little changes: what is in Git is looked at again after so long. */
const LOOK_AGAIN_MS = 15 * 60_000;

/**
 * Keeps evaluations up to date in the cycle: after a poll, a deployment is judged again only when a fact
 * changed, when a threshold of the clock has come, or when nobody looked for a while. A failure stops
 * neither polls nor other evaluations.
 *
 * @internal
 */
export class CycleJudge {
  readonly #deployments: Pick<DeploymentStore, 'get'>;
  readonly #judge: Pick<Judge, 'report'>;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  /** From when on each deployment is to be judged again, although no fact changed. */
  readonly #due = new Map<string, number>();
  #running = Promise.resolve();

  constructor(options: {
    deployments: Pick<DeploymentStore, 'get'>;
    judge: Pick<Judge, 'report'>;
    clock: Clock;
    logger: LoggerService;
  }) {
    this.#deployments = options.deployments;
    this.#judge = options.judge;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** Notes what a poll found. Resolves once all that was noted is judged; polls need not wait for it. */
  polled(result: Pick<PollResult, 'name' | 'facts'>): Promise<void> {
    const changed = result.facts.some(fact => fact.changed);
    const due = this.#due.get(result.name) ?? 0;
    return changed || due <= this.#clock().getTime()
      ? this.judge(result.name)
      : this.#running;
  }

  /** Judges a deployment again, after those that wait. Never rejects. */
  judge(name: string): Promise<void> {
    // One after the other: a whole fleet that changes at once must not take the loop from polls
    this.#running = this.#running.then(() => this.#look(name));
    return this.#running;
  }

  async #look(name: string): Promise<void> {
    const again = this.#clock().getTime() + LOOK_AGAIN_MS;
    try {
      const record = await this.#deployments.get(name, 'all');
      if (!record) {
        this.#due.delete(name);
        return;
      }
      const { turnsAt } = await this.#judge.report(record);
      this.#due.set(name, Math.min(again, turnsAt?.getTime() ?? again));
    } catch (error) {
      this.#due.set(name, again);
      this.#logger.warn(`"${name}" cannot be judged: ${stringifyError(error)}`);
    }
  }
}
