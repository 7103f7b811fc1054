const WINDOW_MS = 60_000;

/**
 * What is left of a caller's share of an endpoint in the current minute.
 *
 * @internal
 */
export type Allowance = {
  allowed: boolean;
  remaining: number;
  /** When the minute is over, seconds since 1970. */
  resetAt: number;
  /** Until then, seconds. */
  resetIn: number;
};

/**
 * Counts calls by caller and endpoint, minute by minute.
 *
 * @internal
 */
export class RateLimiter {
  #window = 0;
  readonly #counts = new Map<string, number>();

  /** Counts one call. */
  take(call: {
    caller: string;
    endpoint: string;
    limit: number;
    now: Date;
  }): Allowance {
    const window = Math.floor(call.now.getTime() / WINDOW_MS);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts.clear();
    }
    const key = `${call.caller} ${call.endpoint}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    const end = (window + 1) * WINDOW_MS;
    return {
      allowed: count <= call.limit,
      remaining: Math.max(0, call.limit - count),
      resetAt: end / 1000,
      resetIn: Math.ceil((end - call.now.getTime()) / 1000),
    };
  }
}
