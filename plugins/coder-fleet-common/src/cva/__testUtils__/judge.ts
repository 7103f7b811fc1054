import { evaluate } from '../evaluate';
import type { Evidence } from '../evidence';
import type { Finding, Verdict } from '../finding';
import type { Rule } from '../rule';
import { RULES } from '../rules';
import { NOW } from './evidence';

/** What one rule says of evidence at {@link NOW}. */
export function findingOf(
  rule: string,
  evidence: Evidence,
  now: Date = NOW,
): Finding {
  const rules = RULES.filter(({ id }) => id === rule);
  const [finding] = evaluate({ evidence, now, rules }).findings;
  if (!finding) {
    throw new Error(`There is no rule ${rule}`);
  }
  return finding;
}

/** A case of a rule's table: what it is about, the rule, its verdict, and what it is judged on. */
export type RuleCase = [string, string, Verdict, () => Evidence];

/** Verdicts that a rule of these can give, and no case shows. */
export function verdictsWithoutCase(
  rules: readonly Rule[],
  cases: readonly RuleCase[],
): string[] {
  return rules.flatMap(({ id, verdicts }) =>
    verdicts
      .filter(
        verdict =>
          !cases.some(([, rule, shown]) => rule === id && shown === verdict),
      )
      .map(verdict => `${id}: ${verdict}`),
  );
}

/** Cases of verdicts that their rule does not declare. */
export function undeclaredVerdicts(
  rules: readonly Rule[],
  cases: readonly RuleCase[],
): string[] {
  return cases
    .filter(
      ([, rule, verdict]) =>
        !rules.find(({ id }) => id === rule)?.verdicts.includes(verdict),
    )
    .map(([what, rule, verdict]) => `${rule}: ${verdict} (${what})`);
}
