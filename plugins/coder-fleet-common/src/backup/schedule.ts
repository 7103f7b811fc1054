import { CronExpressionParser } from 'cron-parser';

/** Any day will do: it only has to be always the same. */
const REFERENCE = new Date('2026-01-01T00:00:00Z');

/** As many runs as a schedule of every five minutes has in a week. */
const MAX_RUNS = 2016;

/** Longer than a year: every month of a yearly schedule was seen. */
const MAX_SPAN_MS = 400 * 24 * 60 * 60_000;

const known = new Map<string, number>();
const MAX_KNOWN = 1000;

/**
 * The longest time that lies between two runs of a schedule of five cron fields, UTC, in milliseconds:
 * over a weekend, say. Throws when the schedule never runs twice.
 *
 * @public
 */
export function scheduleIntervalMs(schedule: string): number {
  const before = known.get(schedule);
  if (before !== undefined) {
    return before;
  }
  const interval = longestGap(schedule);
  if (known.size >= MAX_KNOWN) {
    known.clear();
  }
  known.set(schedule, interval);
  return interval;
}

function longestGap(schedule: string): number {
  const runs = CronExpressionParser.parse(schedule, {
    currentDate: REFERENCE,
    tz: 'UTC',
  });
  const first = runs.next().getTime();
  let last = first;
  let longest = 0;
  for (let i = 0; i < MAX_RUNS && last - first < MAX_SPAN_MS; i++) {
    const next = runs.next().getTime();
    longest = Math.max(longest, next - last);
    last = next;
  }
  return longest;
}
