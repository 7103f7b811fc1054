import type { Finding, Verdict } from '../cva/finding';

const WORDS: Record<Verdict, string> = {
  pass: 'pass',
  warn: 'warning',
  fail: 'FAIL',
  unknown: 'unknown',
  skip: 'not applicable',
};

/**
 * Findings for a log: how many there are, then each.
 *
 * @public
 */
export function findingLines(findings: readonly Finding[]): string[] {
  return [
    `Rules checked: ${findingCounts(findings)}`,
    ...findings.map(findingLine),
  ];
}

/**
 * One finding for a log: verdict in words, rule, what was found, and what to do about it.
 *
 * @public
 */
export function findingLine(finding: Finding): string {
  const { rule, severity, title, message, remediation, verdict } = finding;
  const advice = remediation ? ` ${remediation}` : '';
  return `${WORDS[verdict]} ${rule} (${severity}) ${title}: ${message}.${advice}`;
}

/**
 * How many findings there are of each verdict, in words; verdicts without any are left out.
 *
 * @public
 */
export function findingCounts(findings: readonly Finding[]): string {
  return (Object.keys(WORDS) as Verdict[])
    .map(verdict => ({
      verdict,
      count: findings.filter(finding => finding.verdict === verdict).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${WORDS[verdict].toLowerCase()}`)
    .join(', ');
}
