import type { Plan } from '../architecture/plan';
import type { Artifact } from '../artifacts/artifact';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import type { Finding } from './finding';
import { helmEvidence } from './helmEvidence';
import type { Evidence, Judgement, Rule } from './rule';
import { RULES } from './rules';

/**
 * Judges a deployment by every rule: a request by its plan and rendered artifacts, a running thing
 * also by what the server said. What cannot be judged is `unknown`, never a pass.
 *
 * @public
 */
export function evaluate(options: {
  deployment: CoderDeployment;
  plan: Plan;
  /** Files of the repository, rendered just now or read from Git. */
  artifacts?: readonly Artifact[];
  /** Facts that are known and not stale. */
  coderApi?: Evidence['coderApi'];
}): Finding[] {
  const { deployment, plan, artifacts, coderApi } = options;
  const evidence: Evidence = {
    deployment,
    plan,
    ...(artifacts && { artifacts: helmEvidence(artifacts) }),
    ...(coderApi && { coderApi }),
  };
  return RULES.map(rule => toFinding(rule, judge(rule, evidence)));
}

/** Files in a repository may hold anything: a rule that stumbles over them does not know. */
function judge(rule: Rule, evidence: Evidence): Judgement {
  try {
    return rule.judge(evidence);
  } catch {
    return {
      verdict: 'unknown',
      message: 'What was found does not have the form that was expected',
    };
  }
}

function toFinding(rule: Rule, judgement: Judgement): Finding {
  const { id, title, severity, origin, remediation, url } = rule;
  const actionable = ['warn', 'fail', 'unknown'].includes(judgement.verdict);
  return {
    rule: id,
    title,
    severity,
    origin,
    verdict: judgement.verdict,
    message: judgement.message,
    ...(actionable && { remediation }),
    url,
    evidence: judgement.evidence ?? [],
  };
}
