import type { Finding } from './finding';

/**
 * Findings that stop a request: a critical rule that fails. A community deployment fails rules of
 * lower severity by its edition, and may be built all the same.
 *
 * @public
 */
export function blockingFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ severity, verdict }) => severity === 'critical' && verdict === 'fail',
  );
}
