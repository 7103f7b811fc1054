import { SOURCES } from '../../architecture/source';
import type { ReleaseSupport } from '../../release/support';
import { conclude } from '../conclude';
import type { Check } from '../Look';
import type { Rule } from '../rule';

const SUPPORT_VERDICTS: Readonly<
  Record<ReleaseSupport['status'], Check['verdict']>
> = { supported: 'pass', unknown: 'unknown', ended: 'warn', gap: 'warn' };

const supported: Rule = {
  id: 'DOC-REL-001',
  chapter: 'readiness',
  title: 'The release is supported by Coder',
  origin: 'coder-docs',
  severity: 'high',
  rationale: 'A release that has ended gets no security fixes.',
  remediation: 'Ask for a version in a channel that is supported.',
  url: SOURCES.releases.url,
  needs: ['spec.plan'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge(look) {
    const { support, version } = look.plan.release;
    return conclude(
      [
        {
          fact: 'spec.plan',
          subject: `version ${version.value}, by the calendar of ${support.calendarAsOf}`,
          verdict: SUPPORT_VERDICTS[support.status],
          seen: support.message,
          wanted: 'a version in a channel',
        },
      ],
      support.message,
    );
  },
};

/**
 * Chapter "Readiness".
 *
 * @internal
 */
export const READINESS_RULES: readonly Rule[] = [supported];
