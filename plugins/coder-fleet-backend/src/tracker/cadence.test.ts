import { nextDueAt } from './cadence';

const CYCLE = 60_000;
const NOW = new Date('2026-03-01T12:00:00.000Z');

describe('nextDueAt', () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `coder-${i}`);

  it('is between half a cycle and one and a half from now', () => {
    for (const name of names) {
      const wait =
        nextDueAt({ name, now: NOW, cycleMs: CYCLE }).getTime() - NOW.getTime();
      expect(wait).toBeGreaterThanOrEqual(CYCLE / 2);
      expect(wait).toBeLessThan(1.5 * CYCLE);
    }
  });

  it('keeps a rhythm of one cycle, however late a poll is', () => {
    const first = nextDueAt({ name: 'a', now: NOW, cycleMs: CYCLE });
    for (const late of [0, 1, 900, CYCLE / 3]) {
      const now = new Date(first.getTime() + late);
      expect(nextDueAt({ name: 'a', now, cycleMs: CYCLE })).toEqual(
        new Date(first.getTime() + CYCLE),
      );
    }
  });

  it('spreads a fleet that was polled at once evenly over the cycle', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const name of names) {
      const due = nextDueAt({ name, now: NOW, cycleMs: CYCLE }).getTime();
      tenths[Math.floor((due % CYCLE) / (CYCLE / 10))] += 1;
    }
    // 1,000 each on average; 5 standard deviations of a fair spread are 150
    expect(Math.min(...tenths)).toBeGreaterThan(850);
    expect(Math.max(...tenths)).toBeLessThan(1_150);
  });
});
