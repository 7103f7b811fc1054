import { createHash } from 'node:crypto';

/**
 * When a deployment that was polled is due again. Each has its own moment in the cycle, derived from
 * its name: a fleet spreads evenly, keeps its rhythm without drifting, and falls back into it after a
 * restart. The gap is one cycle; between half and one and a half once, after a poll at another moment.
 *
 * @internal
 */
export function nextDueAt(options: {
  name: string;
  now: Date;
  cycleMs: number;
}): Date {
  const { name, now, cycleMs } = options;
  const earliest = now.getTime() + cycleMs / 2;
  const moment = momentOf(name, cycleMs);
  const wait = (((moment - earliest) % cycleMs) + cycleMs) % cycleMs;
  return new Date(Math.round(earliest + wait));
}

function momentOf(name: string, cycleMs: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % cycleMs;
}
