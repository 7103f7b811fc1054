import type { Check } from './Look';
import type { Judgement } from './rule';
import type { Verdict } from './finding';

/** The first of these that a check has is the rule's verdict. */
const ORDER: ReadonlyArray<Check['verdict']> = [
  'fail',
  'warn',
  'unknown',
  'pass',
];

const MAX_NAMED = 3;

function worstOf(checks: readonly Check[]): Verdict {
  let worst = ORDER.length;
  for (const { verdict } of checks) {
    worst = Math.min(worst, ORDER.indexOf(verdict));
  }
  return ORDER[worst] ?? 'unknown';
}

/**
 * Makes a judgement of what was looked at: the worst check decides, and what could not be looked at
 * keeps the rule from passing. No check at all is `unknown`.
 *
 * @internal
 */
export function conclude(
  checks: readonly Check[],
  passMessage: string,
): Judgement {
  const verdict = worstOf(checks);
  if (verdict === 'pass') {
    return { verdict, message: passMessage, evidence: checks };
  }
  const deciding = checks.filter(check => check.verdict === verdict);
  const named = deciding.slice(0, MAX_NAMED).map(sentence);
  const more = deciding.length - named.length;
  return {
    verdict,
    message:
      named.length === 0
        ? 'There was nothing to look at'
        : named.join('; ') + (more > 0 ? `; and ${more} more` : ''),
    evidence: checks,
  };
}

function sentence({ subject, seen, wanted, verdict }: Check): string {
  return wanted === undefined || verdict === 'unknown'
    ? `${subject}: ${seen}`
    : `${subject}: ${seen}, wanted: ${wanted}`;
}

/**
 * A check that passes or not; `otherwise` says with which verdict. It becomes of the object that is
 * handed in: a fleet makes millions of them.
 *
 * @internal
 */
export function expect(
  holds: boolean,
  check: Omit<Check, 'verdict'>,
  otherwise: 'warn' | 'fail' | 'unknown' = 'fail',
): Check {
  const made = check as Check;
  // Not "holds ?": only what is true passes, whatever a hostile value made of the comparison
  made.verdict = holds === true ? 'pass' : otherwise;
  return made;
}
