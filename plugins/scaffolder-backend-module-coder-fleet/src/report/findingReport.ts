import type {
  Finding,
  Verdict,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

const WORDS: Record<Verdict, string> = {
  pass: 'pass',
  warn: 'warning',
  fail: 'FAIL',
  unknown: 'unknown',
  skip: 'not applicable',
};

/**
 * Findings for the task's log: how many there are, then each.
 *
 * @internal
 */
export function findingLines(findings: readonly Finding[]): string[] {
  return [
    `Rules checked: ${findingCounts(findings)}`,
    ...findings.map(findingLine),
  ];
}

/** Verdict in words, rule, what was found, and what to do about it. */
function findingLine(finding: Finding): string {
  const { rule, severity, title, message, remediation, verdict } = finding;
  const advice = remediation ? ` ${remediation}` : '';
  return `${WORDS[verdict]} ${rule} (${severity}) ${title}: ${message}.${advice}`;
}

/** How many findings there are of each verdict, in words; verdicts without any are left out. */
function findingCounts(findings: readonly Finding[]): string {
  return (Object.keys(WORDS) as Verdict[])
    .map(verdict => ({
      verdict,
      count: findings.filter(finding => finding.verdict === verdict).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${WORDS[verdict].toLowerCase()}`)
    .join(', ');
}

/**
 * Findings that stop a request: a critical rule that fails. A community deployment fails rules of
 * lower severity by its edition, and may be built all the same.
 *
 * @internal
 */
export function blockingFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ severity, verdict }) => severity === 'critical' && verdict === 'fail',
  );
}
