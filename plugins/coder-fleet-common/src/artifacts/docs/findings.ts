import type { Plan } from '../../architecture/plan';
import { CHAPTERS, type Chapter } from '../../cva/chapter';
import { evaluate } from '../../cva/evaluate';
import { knownFact, type RepositoryEvidence } from '../../cva/evidence';
import type { Finding, Verdict } from '../../cva/finding';
import { requestEvidence } from '../../cva/requestEvidence';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { BUNDLED_CALENDAR } from '../../release/calendar';
import { findingCounts } from '../../report/findingLines';
import { markdownTable, markdownText } from '../markdown';

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  warn: '**warning**',
  fail: '**FAIL**',
  unknown: 'unknown',
  skip: 'not applicable',
};

/**
 * `docs/findings.md`: what every rule says of the request and of these files. They are judged by the day of the release
 * calendar, so that the same request gives the same bytes; what only a running deployment shows is unknown here.
 *
 * @internal
 */
export function findingsDocument(options: {
  deployment: CoderDeployment;
  plan: Plan;
  repository: RepositoryEvidence;
}): string {
  const { deployment, plan, repository } = options;
  const now = new Date(BUNDLED_CALENDAR.asOf);
  const { findings } = evaluate({
    evidence: {
      ...requestEvidence({ deployment, plan, now }),
      artifacts: {
        repository: knownFact(repository, { now, collector: 'request' }),
      },
    },
    now,
  });
  const open = findings.filter(
    ({ verdict }) => verdict === 'fail' || verdict === 'warn',
  );
  return [
    '# Findings',
    `What the rules of the Coder Validated Architecture, of Coder's documentation and of this project say of the request and of these files, as of ${BUNDLED_CALENDAR.asOf}: ${findingCounts(findings)}.`,
    'What only a running deployment shows is unknown here; the portal goes on judging it. Deviations that somebody accepted are on its page there.',
    ...(open.length > 0
      ? ['## To be mended, or accepted', open.map(advice).join('\n')]
      : []),
    ...(Object.keys(CHAPTERS) as Chapter[]).flatMap(chapter => {
      const own = findings.filter(finding => finding.chapter === chapter);
      return own.length > 0 ? [`## ${CHAPTERS[chapter]}`, table(own)] : [];
    }),
  ]
    .join('\n\n')
    .concat('\n');
}

function advice({ rule, title, message, remediation, url }: Finding): string {
  return `- ${rule}, ${markdownText(title)}: ${cell(message)}.${
    remediation ? ` ${cell(remediation)}` : ''
  }${url ? ` <${url}>` : ''}`;
}

function table(findings: readonly Finding[]): string {
  return markdownTable(
    ['Rule', 'severity', 'what it asks', 'verdict', 'what was found'],
    findings.map(({ rule, severity, title, verdict, message, url }) => [
      url ? `[${rule}](${url})` : rule,
      severity,
      cell(title),
      WORDS[verdict],
      cell(message),
    ]),
  );
}

/** Names of people's choosing stand in messages. */
function cell(text: string): string {
  return markdownText(text).replace(/\r?\n/g, ' ');
}
