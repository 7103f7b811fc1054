import { scheduleIntervalMs } from './schedule';

const HOUR = 3_600_000;

describe('scheduleIntervalMs', () => {
  it.each([
    ['*/5 * * * *', HOUR / 12],
    ['0 * * * *', HOUR],
    ['0 2 * * *', 24 * HOUR],
    ['0 2,14 * * *', 12 * HOUR],
    ['0 6,8 * * *', 22 * HOUR],
    ['0 2 * * 0', 7 * 24 * HOUR],
    // Friday to Monday
    ['0 2 * * 1-5', 3 * 24 * HOUR],
    // Within the week, and over the weekend from 17:55 on
    ['*/5 8-17 * * 1-5', (2 * 24 + 14) * HOUR + HOUR / 12],
    ['0 0 1 * *', 31 * 24 * HOUR],
    ['0 0 1 1 *', 366 * 24 * HOUR],
  ])('%s has at most %d ms between two runs', (schedule, interval) => {
    expect(scheduleIntervalMs(schedule)).toBe(interval);
    expect(scheduleIntervalMs(schedule)).toBe(interval);
  });

  it('throws for what never runs', () => {
    expect(() => scheduleIntervalMs('0 0 31 2 *')).toThrow();
    expect(() => scheduleIntervalMs('daily')).toThrow();
  });
});
