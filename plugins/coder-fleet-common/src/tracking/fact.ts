/**
 * How the last attempt to learn a fact ended.
 *
 * - `ok`: the value was read.
 * - `absent`: the deployment has no such feature.
 * - `denied`: the token may not read it.
 * - `unreachable`: no answer.
 * - `error`: an answer that could not be used.
 * - `off`: not configured, for example no token.
 *
 * @public
 */
export type FactStatus =
  'ok' | 'absent' | 'denied' | 'unreachable' | 'error' | 'off';

/**
 * The outcome of one attempt to learn a fact.
 *
 * @public
 */
export type Attempt<T> =
  | { status: 'ok'; value: T }
  | { status: Exclude<FactStatus, 'ok'>; message: string };

/**
 * What a collector last knew and last tried. A failed attempt never erases the value.
 *
 * @public
 */
export type Fact<T> = {
  /** The value of the last success. */
  value?: T;
  /** When the value was read. */
  observedAt?: Date;
  /** When it was last tried. */
  attemptedAt: Date;
  /** Which collector tries. */
  collector: string;
  /** How often the collector tries, in milliseconds. */
  intervalMs: number;
  status: FactStatus;
  /** Why the last attempt failed, in words. */
  message?: string;
};

/**
 * A fact is stale once its last success is older than twice its collector's interval.
 * Computed, never stored.
 *
 * @public
 */
export function isStale(fact: Fact<unknown>, now: Date): boolean {
  return (
    !fact.observedAt ||
    now.getTime() - fact.observedAt.getTime() > 2 * fact.intervalMs
  );
}

/**
 * The fact after another attempt.
 *
 * @public
 */
export function afterAttempt<T>(
  before: Fact<T> | undefined,
  attempt: Attempt<T>,
  context: { now: Date; collector: string; intervalMs: number },
): Fact<T> {
  const base = {
    attemptedAt: context.now,
    collector: context.collector,
    intervalMs: context.intervalMs,
    status: attempt.status,
  };
  if (attempt.status === 'ok') {
    return { ...base, value: attempt.value, observedAt: context.now };
  }
  return {
    ...base,
    message: attempt.message,
    ...(before?.observedAt && {
      value: before.value,
      observedAt: before.observedAt,
    }),
  };
}
