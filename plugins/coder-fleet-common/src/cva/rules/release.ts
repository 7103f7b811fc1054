import { SOURCES } from '../../architecture/source';
import { Evidence, Judgement, Rule } from '../rule';

const supported: Rule = {
  id: 'DOC-REL-001',
  title: 'The release is supported by Coder',
  origin: 'coder-docs',
  severity: 'high',
  rationale: 'A release that has ended gets no security fixes.',
  remediation: 'Ask for a version in a channel that is supported.',
  url: SOURCES.releases.url,
  judge({ plan }: Evidence): Judgement {
    const { support, version } = plan.release;
    const evidence = [
      `spec: ${version.value}, calendar of ${support.calendarAsOf}`,
    ];
    switch (support.status) {
      case 'supported':
        return { verdict: 'pass', message: support.message, evidence };
      case 'unknown':
        return { verdict: 'unknown', message: support.message, evidence };
      case 'ended':
      case 'gap':
        return { verdict: 'warn', message: support.message, evidence };
      default: {
        const never: never = support.status;
        throw new Error(`Unexpected support status ${never}`);
      }
    }
  },
};

/**
 * Chapter "Releases".
 *
 * @internal
 */
export const RELEASE_RULES: readonly Rule[] = [supported];
