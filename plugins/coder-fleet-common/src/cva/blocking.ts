import { Finding, isAtLeast, RuleSeverity } from './finding';
import { RULES } from './rules';

/**
 * A request stops at rules of this severity and worse, unless their deviation is accepted.
 *
 * @public
 */
export const BLOCKING_SEVERITY: RuleSeverity = 'high';

/**
 * Findings that stop a request: rules of {@link BLOCKING_SEVERITY} or worse that fail, and whose deviation
 * nobody accepted.
 *
 * @public
 */
export function blockingFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ severity, verdict, waiver }) =>
      verdict === 'fail' &&
      isAtLeast(severity, BLOCKING_SEVERITY) &&
      waiver?.state !== 'active',
  );
}

/**
 * Of these, the findings that no waiver accepts: the request has to change.
 *
 * @public
 */
export function refusedFindings(findings: readonly Finding[]): Finding[] {
  return blockingFindings(findings).filter(
    finding => RULES.find(({ id }) => id === finding.rule)?.unwaivable,
  );
}
