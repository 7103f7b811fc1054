import type { Faults } from '../faults/faults';
import type { Edition } from './DeploymentConfig';
import type { Setup } from './Setup';

/** Days left when nothing else is said, so that no demo expires by itself. */
const DEFAULT_DAYS_LEFT = 200;

/** How long features work after the licence is over, days. */
const GRACE_DAYS = 30;

/**
 * The licence of a deployment: `expired` is over, and its time of grace as well.
 *
 * @internal
 */
export type License = {
  state: 'none' | 'valid' | 'grace' | 'expired';
  /** Negative when it is over. */
  daysLeft: number;
};

/**
 * The licence of a deployment as its faults say.
 *
 * @internal
 */
export function licenseOf(
  edition: Edition,
  faults: Faults,
  setup: Pick<Setup, 'licenses'>,
): License {
  const daysLeft = faults.licenseExpiresInDays ?? DEFAULT_DAYS_LEFT;
  // A new database has none.
  const uploaded = setup.licenses.length > 0;
  const fresh = faults.replacedDatabase || faults.unconfigured;
  if (edition !== 'premium' || faults.unlicensed || (fresh && !uploaded)) {
    return { state: 'none', daysLeft };
  }
  if (daysLeft > 0) {
    return { state: 'valid', daysLeft };
  }
  return { state: daysLeft > -GRACE_DAYS ? 'grace' : 'expired', daysLeft };
}
