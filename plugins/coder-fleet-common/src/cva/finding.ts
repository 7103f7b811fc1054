import type { Chapter } from './chapter';
import type { FactPath } from './evidence';
import type { AppliedWaiver } from './waiver';

/**
 * Where a recommendation comes from: the CVA, other pages of Coder's docs, or this project.
 *
 * @public
 */
export type RuleOrigin = 'cva' | 'coder-docs' | 'fleet';

/**
 * How much a deviation matters, the worst first.
 *
 * @public
 */
export const RULE_SEVERITIES = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
] as const;

/**
 * How much a deviation matters.
 *
 * @public
 */
export type RuleSeverity = (typeof RULE_SEVERITIES)[number];

/**
 * What a rule says.
 *
 * - `unknown`: it could not be judged; never counts as a pass.
 * - `skip`: it does not apply.
 *
 * @public
 */
export type Verdict = 'pass' | 'warn' | 'fail' | 'unknown' | 'skip';

/**
 * One thing that a rule looked at.
 *
 * @public
 */
export type FindingEvidence = {
  /** The fact that it is from, for example `coderApi.replicas`. */
  fact: FactPath;
  /** What was looked at, in words. */
  subject: string;
  verdict: Exclude<Verdict, 'skip'>;
  /** What was found there. */
  seen: string;
  /** What should be there. */
  wanted?: string;
  /** When the fact was last seen, ISO 8601; absent when it never was. */
  observedAt?: string;
};

/**
 * A rule's verdict on one deployment, with what it was judged on.
 *
 * @public
 */
export type Finding = {
  /** Stable id of the rule, for example `CVA-DB-001`. */
  rule: string;
  chapter: Chapter;
  title: string;
  severity: RuleSeverity;
  origin: RuleOrigin;
  verdict: Verdict;
  /** One sentence: what was found. */
  message: string;
  /** What to do about it; only with `warn`, `fail` and `unknown`. */
  remediation?: string;
  url?: string;
  evidence: FindingEvidence[];
  /** Somebody accepted the deviation; the verdict stays what it is. */
  waiver?: AppliedWaiver;
};

/**
 * Whether a finding is a deviation that nobody accepted: `warn` or `fail` without a waiver that holds.
 *
 * @public
 */
export function isOpen(finding: Pick<Finding, 'verdict' | 'waiver'>): boolean {
  return (
    (finding.verdict === 'fail' || finding.verdict === 'warn') &&
    finding.waiver?.state !== 'active'
  );
}

/**
 * Whether a severity is at least as bad as another.
 *
 * @public
 */
export function isAtLeast(
  severity: RuleSeverity,
  threshold: RuleSeverity,
): boolean {
  return (
    RULE_SEVERITIES.indexOf(severity) <= RULE_SEVERITIES.indexOf(threshold)
  );
}
