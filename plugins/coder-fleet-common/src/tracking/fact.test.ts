import { afterAttempt, isStale } from './fact';

const T0 = new Date('2026-06-01T12:00:00Z');
const later = (ms: number) => new Date(T0.getTime() + ms);
const context = (now: Date) => ({
  now,
  collector: 'reachability',
  intervalMs: 60_000,
});

describe('afterAttempt', () => {
  it('never erases a value by a failed attempt', () => {
    const seen = afterAttempt(
      undefined,
      { status: 'ok', value: 'v2.36.5' },
      context(T0),
    );
    const failed = afterAttempt(
      seen,
      { status: 'unreachable', message: 'refused' },
      context(later(60_000)),
    );
    expect(failed).toMatchObject({
      value: 'v2.36.5',
      observedAt: T0,
      attemptedAt: later(60_000),
      status: 'unreachable',
      message: 'refused',
    });
    const back = afterAttempt(
      failed,
      { status: 'ok', value: 'v2.37.1' },
      context(later(120_000)),
    );
    expect(back).toMatchObject({ value: 'v2.37.1', status: 'ok' });
    expect(back).not.toHaveProperty('message');
  });

  it('has no value before the first success', () => {
    const fact = afterAttempt<string>(
      undefined,
      { status: 'off', message: 'no token' },
      context(T0),
    );
    expect(fact).not.toHaveProperty('value');
    expect(isStale(fact, T0)).toBe(true);
  });
});

describe('isStale', () => {
  it('begins after twice the interval', () => {
    const fact = afterAttempt(
      undefined,
      { status: 'ok', value: 1 },
      context(T0),
    );
    expect(isStale(fact, later(120_000))).toBe(false);
    expect(isStale(fact, later(120_001))).toBe(true);
  });
});
