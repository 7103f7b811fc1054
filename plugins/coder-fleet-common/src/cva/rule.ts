import type { Chapter } from './chapter';
import type { FactPath } from './evidence';
import type { RuleOrigin, RuleSeverity, Verdict } from './finding';
import type { Check, Look } from './Look';

/**
 * A rule's word, before it is dressed as a finding.
 *
 * @public
 */
export type Judgement = {
  verdict: Verdict;
  /** One sentence, without a full stop: what was found. */
  message: string;
  evidence: readonly Check[];
};

/**
 * One recommendation as code. The same rule judges a request, its rendered artifacts and the running
 * thing.
 *
 * @public
 */
export type Rule = {
  /** Stable, for example `CVA-DB-001`. */
  id: string;
  chapter: Chapter;
  title: string;
  origin: RuleOrigin;
  severity: RuleSeverity;
  /** Why, in one sentence. */
  rationale: string;
  /** What a person can do. */
  remediation: string;
  url: string;
  /** The facts that it may look at. */
  needs: readonly FactPath[];
  /** The verdicts that it can give. */
  verdicts: readonly Verdict[];
  /** No waiver accepts a deviation from it. */
  unwaivable?: true;
  judge(look: Look): Judgement;
};
