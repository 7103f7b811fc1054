import type { Evidence, FactPath } from './evidence';
import type { Finding, FindingEvidence } from './finding';
import { Check, Look } from './Look';
import type { Judgement, Rule } from './rule';
import { RULES } from './rules';
import { UntoldError } from './untold';
import { applyWaiver, Waiver } from './waiver';

/**
 * What rules say of a deployment, and how long time alone leaves it true.
 *
 * @public
 */
export type Evaluation = {
  /** One for each rule, in the order of the catalogue. */
  findings: Finding[];
  /**
   * A threshold of a rule: from then on the same values give other findings, for example because a
   * licence or a waiver ends. Absent: none to come.
   */
  turnsAt?: Date;
  /** From then on a fact is too old, unless it is seen again. Absent: none was relied on. */
  staleAt?: Date;
};

/**
 * Judges a deployment by every rule: a request by spec and artifacts, a running thing also by what its
 * collectors saw. What cannot be judged is `unknown`, never a pass. Never throws: evidence of unknown
 * origin goes through {@link parseEvidence} first.
 *
 * @public
 */
export function evaluate(options: {
  evidence: Evidence;
  now: Date;
  /** Waivers of this deployment. */
  waivers?: readonly Waiver[];
  rules?: readonly Rule[];
}): Evaluation {
  const { evidence, now, waivers = [], rules = RULES } = options;
  const look = new Look({ evidence, now });
  const findings = rules.map(rule => {
    const finding = toFinding(rule, judge(rule, look), look);
    const waiver =
      rule.unwaivable || waivers.length === 0
        ? undefined
        : applyWaiver(rule.id, waivers, now);
    if (waiver?.state === 'active') {
      look.isPast(waiver.expiresAt);
    }
    return waiver ? { ...finding, waiver } : finding;
  });
  const { turnsAt, staleAt } = look;
  return {
    findings,
    ...(turnsAt && { turnsAt }),
    ...(staleAt && { staleAt }),
  };
}

/** What stands in repositories and answers may be anything: a rule that stumbles does not know. */
function judge(rule: Rule, look: Look): Judgement {
  for (const path of specNeeds(rule)) {
    // Nothing can be judged without knowing what was asked for
    if (look.value(path) === undefined) {
      const check = look.unknown(path);
      return {
        verdict: 'unknown',
        message: `${path} is ${check.seen}`,
        evidence: [check],
      };
    }
  }
  try {
    return rule.judge(look);
  } catch (error) {
    if (error instanceof UntoldError) {
      return { verdict: 'unknown', message: error.message, evidence: [] };
    }
    const why = error instanceof Error ? error.message : String(error);
    return {
      verdict: 'unknown',
      message: `The rule stumbled over what it found: ${why}`,
      evidence: [],
    };
  }
}

const SPEC_NEEDS = new WeakMap<Rule, readonly FactPath[]>();

function specNeeds(rule: Rule): readonly FactPath[] {
  let needs = SPEC_NEEDS.get(rule);
  if (!needs) {
    needs = rule.needs.filter(path => path.startsWith('spec.'));
    SPEC_NEEDS.set(rule, needs);
  }
  return needs;
}

const ACTIONABLE = new Set(['warn', 'fail', 'unknown']);

function toFinding(rule: Rule, judgement: Judgement, look: Look): Finding {
  const { id, chapter, title, severity, origin, remediation, url } = rule;
  const { verdict, message, evidence } = judgement;
  const finding: Finding = {
    rule: id,
    chapter,
    title,
    severity,
    origin,
    verdict,
    message,
    url,
    evidence: evidence.map(check => withAge(check, look)),
  };
  if (ACTIONABLE.has(verdict)) {
    finding.remediation = remediation;
  }
  return finding;
}

function withAge(check: Check, look: Look): FindingEvidence {
  const aged: FindingEvidence = check;
  const { observedAt } = look.fact(check.fact);
  if (observedAt !== undefined) {
    aged.observedAt = observedAt;
  }
  return aged;
}
