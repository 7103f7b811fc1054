import { z } from 'zod/v3';
import type { Fact } from '../../tracking/fact';

/**
 * A schema whose type is written out beside it, so that readers of the type need not know zod.
 *
 * @internal
 */
export type Shape<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

/** How far a collector's clock may be ahead before its facts are not believed. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** How long what was read only once counts as fresh, where nobody says. */
const DEFAULT_INTERVAL_MS = 24 * 60 * 60_000;

const time = z.union([z.date(), z.string().datetime({ offset: true })]);

const envelope = z.object({
  value: z.unknown(),
  observedAt: time.optional(),
  attemptedAt: time,
  collector: z.string(),
  intervalMs: z.number().finite().positive(),
  status: z.enum(['ok', 'absent', 'denied', 'unreachable', 'error', 'off']),
  message: z.string().optional(),
});

/**
 * Makes a fact of a value that was just read.
 *
 * @public
 */
export function knownFact<T>(
  value: T,
  options: { now: Date; collector: string; intervalMs?: number },
): Fact<T> {
  const { now, collector, intervalMs = DEFAULT_INTERVAL_MS } = options;
  return {
    value,
    observedAt: now,
    attemptedAt: now,
    collector,
    intervalMs,
    status: 'ok',
  };
}

/**
 * Reads a fact of unknown origin. What does not have the form of its source becomes a fact with the
 * status `error` and no value: it can be told apart from one that nobody tried.
 *
 * @internal
 */
export function parseFact<T>(
  input: unknown,
  shape: Shape<T>,
): Fact<T> | undefined {
  if (input === undefined || input === null) {
    return undefined;
  }
  const parsed = envelope.safeParse(input);
  if (!parsed.success) {
    return unreadable(
      `The fact does not have the expected form: ${firstIssue(parsed.error)}`,
    );
  }
  const { observedAt, attemptedAt, value, ...rest } = parsed.data;
  const fact = { ...rest, attemptedAt: new Date(attemptedAt) };
  if (observedAt === undefined || value === undefined) {
    return rest.status === 'ok'
      ? { ...fact, status: 'error', message: 'The fact has no value' }
      : fact;
  }
  const known = shape.safeParse(value);
  return known.success
    ? { ...fact, value: known.data, observedAt: new Date(observedAt) }
    : {
        ...fact,
        status: 'error',
        message: `The value does not have the expected form: ${firstIssue(known.error)}`,
      };
}

function unreadable<T>(message: string): Fact<T> {
  return {
    attemptedAt: new Date(0),
    collector: 'unknown',
    intervalMs: DEFAULT_INTERVAL_MS,
    status: 'error',
    message,
  };
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  const path = issue.path.join('.');
  return path ? `${path}: ${issue.message}` : issue.message;
}

const STATUS_WORDS = {
  absent: 'the deployment does not have it',
  denied: 'the token may not read it',
  unreachable: 'there was no answer',
  error: 'the answer could not be used',
  off: 'its collector is not configured',
} as const;

/**
 * Why a fact must not be relied on now, in words; `undefined` when it may.
 *
 * @internal
 */
export function doubt(
  fact: Fact<unknown> | undefined,
  now: Date,
): string | undefined {
  if (!fact) {
    return 'nobody looked yet';
  }
  if (fact.status !== 'ok') {
    return fact.message ?? STATUS_WORDS[fact.status];
  }
  if (!fact.observedAt || fact.value === undefined) {
    return 'it has no value';
  }
  const age = now.getTime() - fact.observedAt.getTime();
  if (age < -CLOCK_TOLERANCE_MS) {
    return `its time lies in the future (${fact.observedAt.toISOString()}): a clock is wrong`;
  }
  // Not "<=": the age of an invalid date is not a number
  return age <= 2 * fact.intervalMs
    ? undefined
    : `it was last seen at ${fact.observedAt.toISOString()}, which is too long ago`;
}

/**
 * From when on time alone makes a fact doubtful.
 *
 * @internal
 */
export function doubtfulFrom(fact: Fact<unknown>): number | undefined {
  return fact.status === 'ok' && fact.observedAt
    ? fact.observedAt.getTime() + 2 * fact.intervalMs + 1
    : undefined;
}
