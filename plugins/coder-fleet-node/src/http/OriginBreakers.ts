import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleType,
} from 'cockatiel';
import type { CircuitBreakerPolicy } from 'cockatiel';
import { OutboundError } from './OutboundError';
import type { OutboundErrorKind } from './OutboundError';

/** A server that answers too much or nonsense is there; what our guard refuses never left. */
const SIGNS_OF_AN_OUTAGE: ReadonlySet<OutboundErrorKind> = new Set([
  'dns',
  'connect',
  'tls',
  'timeout',
  'reset',
]);

const MAX_ORIGINS = 20_000;

/**
 * Stops calling an origin for a moment after some outages in a row, so that dead targets cost nothing.
 *
 * @internal
 */
export class OriginBreakers {
  readonly #breakers = new Map<string, CircuitBreakerPolicy>();
  readonly #failures: number;
  readonly #halfOpenAfterMs: number;

  constructor(options: { failures: number; halfOpenAfterMs: number }) {
    this.#failures = options.failures;
    this.#halfOpenAfterMs = options.halfOpenAfterMs;
  }

  async run<T>(origin: string, call: () => Promise<T>): Promise<T> {
    const breaker = this.#breakerOf(origin);
    try {
      return await breaker.execute(call);
    } catch (error) {
      throw error instanceof BrokenCircuitError
        ? this.#paused(origin, breaker)
        : error;
    }
  }

  #breakerOf(origin: string): CircuitBreakerPolicy {
    const known = this.#breakers.get(origin);
    if (known) {
      return known;
    }
    for (const oldest of this.#breakers.keys()) {
      if (this.#breakers.size < MAX_ORIGINS) {
        break;
      }
      this.#breakers.delete(oldest);
    }
    const created = circuitBreaker(
      handleType(OutboundError, error => SIGNS_OF_AN_OUTAGE.has(error.kind)),
      {
        breaker: new ConsecutiveBreaker(this.#failures),
        halfOpenAfter: this.#halfOpenAfterMs,
      },
    );
    this.#breakers.set(origin, created);
    return created;
  }

  #paused(origin: string, breaker: CircuitBreakerPolicy): OutboundError {
    const last = breaker.lastFailure;
    const why =
      last && 'error' in last
        ? last.error.message
        : `${origin} could not be reached`;
    return new OutboundError(
      'breaker',
      `${why}; not tried again for up to ${Math.ceil(this.#halfOpenAfterMs / 1000)} s`,
    );
  }
}
