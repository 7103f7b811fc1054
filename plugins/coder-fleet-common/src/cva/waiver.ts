/**
 * An accepted deviation of one deployment from one rule; times are ISO 8601.
 *
 * @public
 */
export type Waiver = {
  id: string;
  rule: string;
  deployment: string;
  reason: string;
  /** Entity reference of the person. */
  grantedBy: string;
  grantedAt: string;
  /** From then on it counts as none. At most a year after it was granted. */
  expiresAt: string;
};

/**
 * A waiver beside the finding that it accepts.
 *
 * @public
 */
export type AppliedWaiver = Omit<Waiver, 'rule' | 'deployment'> & {
  /** `expired`: it counts as none. */
  state: 'active' | 'expired';
};

/**
 * Longest life of a waiver and of an attestation: a year.
 *
 * @public
 */
export const MAX_ACCEPTANCE_MS = 366 * 24 * 60 * 60_000;

/**
 * The waiver of a rule: one that holds before one that has expired, then the one that lasts longest.
 *
 * @internal
 */
export function applyWaiver(
  rule: string,
  waivers: readonly Waiver[],
  now: Date,
): AppliedWaiver | undefined {
  let best: Waiver | undefined;
  for (const waiver of waivers) {
    if (waiver.rule === rule && (!best || lasts(waiver) > lasts(best))) {
      best = waiver;
    }
  }
  if (!best) {
    return undefined;
  }
  const { rule: _, deployment: __, ...rest } = best;
  const active = lasts(best) > now.getTime();
  return { ...rest, state: active ? 'active' : 'expired' };
}

/** A time that cannot be read is in the past: it accepts nothing. */
function lasts({ expiresAt }: Waiver): number {
  const time = Date.parse(expiresAt);
  return Number.isNaN(time) ? -Infinity : time;
}
