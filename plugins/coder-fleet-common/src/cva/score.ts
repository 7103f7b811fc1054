import { Chapter, CHAPTERS } from './chapter';
import type { Finding } from './finding';

/**
 * How many recommendations are met. What is unknown counts as not met, and so does what was waived; what
 * does not apply does not count.
 *
 * @public
 */
export type Score = {
  met: number;
  /** Recommendations that apply. */
  total: number;
  unknown: number;
  /** `met` of `total` in percent, rounded down: 100 only when all are met. Absent when none applies. */
  percent?: number;
};

/**
 * The score of each chapter and of all, over the rules whose origin is the CVA.
 *
 * @public
 */
export type CvaScore = {
  overall: Score;
  chapters: Partial<Record<Chapter, Score>>;
};

/**
 * Scores findings.
 *
 * @public
 */
export function cvaScore(findings: readonly Finding[]): CvaScore {
  const counted = findings.filter(
    ({ origin, verdict }) => origin === 'cva' && verdict !== 'skip',
  );
  const chapters: Partial<Record<Chapter, Score>> = {};
  for (const chapter of Object.keys(CHAPTERS) as Chapter[]) {
    const own = counted.filter(finding => finding.chapter === chapter);
    if (own.length > 0) {
      chapters[chapter] = scoreOf(own);
    }
  }
  return { overall: scoreOf(counted), chapters };
}

function scoreOf(findings: readonly Finding[]): Score {
  const having = (verdict: Finding['verdict']) =>
    findings.filter(finding => finding.verdict === verdict).length;
  const met = having('pass');
  const total = findings.length;
  return {
    met,
    total,
    unknown: having('unknown'),
    ...(total > 0 && { percent: Math.floor((100 * met) / total) }),
  };
}
