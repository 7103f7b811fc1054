import type { PollResult, TrackingStore } from '../store/TrackingStore';

/** How long a result waits for others to be written with. */
const GATHER_MS = 25;

const MAX_BATCH = 50;

type Pending = {
  result: PollResult;
  resolve(written: boolean): void;
  reject(error: unknown): void;
};

/**
 * Writes the results of polls, those of the same moment in one transaction.
 *
 * @internal
 */
export class ResultWriter {
  readonly #store: Pick<TrackingStore, 'complete'>;
  #pending: Pending[] = [];
  #timer?: NodeJS.Timeout;

  constructor(options: { store: Pick<TrackingStore, 'complete'> }) {
    this.#store = options.store;
  }

  /** `false` when the claim was lost and nothing was written. */
  write(result: PollResult): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ result, resolve, reject });
      if (this.#pending.length >= MAX_BATCH) {
        this.#flush();
      } else {
        this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
      }
    });
  }

  #flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#pending;
    this.#pending = [];
    void this.#write(batch);
  }

  async #write(batch: readonly Pending[]): Promise<void> {
    try {
      const written = await this.#store.complete(
        batch.map(({ result }) => result),
      );
      batch.forEach(({ result, resolve }) => resolve(written.has(result)));
    } catch (error) {
      if (batch.length === 1) {
        batch[0].reject(error);
        return;
      }
      // One that cannot be written must not take the others along
      for (const pending of batch) {
        await this.#write([pending]);
      }
    }
  }
}
