import {
  RULE_SEVERITIES,
  type Finding,
  type Verdict,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Tone } from '../StatusLabel';

/**
 * The tone of each verdict, in the order in which they need a hand.
 *
 * @internal
 */
export const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  fail: 'error',
  warn: 'warning',
  unknown: 'unknown',
  pass: 'ok',
  skip: 'neutral',
};

/**
 * Verdicts in the order in which they need a hand.
 *
 * @internal
 */
export const VERDICTS = Object.keys(VERDICT_TONES) as Verdict[];

/**
 * Sorts what needs a hand first: by verdict, then by severity.
 *
 * @internal
 */
export function byUrgency(a: Finding, b: Finding): number {
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    RULE_SEVERITIES.indexOf(a.severity) - RULE_SEVERITIES.indexOf(b.severity)
  );
}
