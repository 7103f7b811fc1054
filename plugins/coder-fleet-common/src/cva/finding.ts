/**
 * Where a recommendation comes from: the CVA, other pages of Coder's docs, or this project.
 *
 * @public
 */
export type RuleOrigin = 'cva' | 'coder-docs' | 'fleet';

/**
 * How much a deviation matters.
 *
 * @public
 */
export type RuleSeverity = 'critical' | 'high' | 'medium' | 'low' | 'info';

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
 * A rule's verdict on one deployment, with what it was judged on.
 *
 * @public
 */
export type Finding = {
  /** Stable id of the rule, for example `CVA-DB-001`. */
  rule: string;
  title: string;
  severity: RuleSeverity;
  origin: RuleOrigin;
  verdict: Verdict;
  /** One sentence: what was found. */
  message: string;
  /** What to do about it; only with `warn`, `fail` and `unknown`. */
  remediation?: string;
  url?: string;
  /** What was looked at, as `source: value`. */
  evidence: string[];
};
