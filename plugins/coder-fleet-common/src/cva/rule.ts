import type { Plan } from '../architecture/plan';
import type { HelmValues } from '../artifacts/helm/values';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import type { EntitlementsFact, ReplicasFact } from '../tracking/facts';
import type { RuleOrigin, RuleSeverity, Verdict } from './finding';

/**
 * What a rule looks at. The spec and its plan are always there; the rest when somebody looked.
 *
 * @public
 */
export type Evidence = {
  deployment: CoderDeployment;
  plan: Plan;
  /** The Helm values as they are in the repository. */
  artifacts?: {
    controlPlane?: HelmValues;
    /** By region. */
    provisioners: Readonly<Record<string, HelmValues>>;
  };
  /** What the running server said. */
  coderApi?: { replicas?: ReplicasFact; entitlements?: EntitlementsFact };
};

/**
 * A rule's word, before it is dressed as a finding.
 *
 * @public
 */
export type Judgement = {
  verdict: Verdict;
  /** One sentence: what was found. */
  message: string;
  /** What was looked at, as `source: value`. */
  evidence?: string[];
};

/**
 * One recommendation as code. The same rule judges a request and the running thing.
 *
 * @public
 */
export type Rule = {
  /** Stable, for example `CVA-DB-001`. */
  id: string;
  title: string;
  origin: RuleOrigin;
  severity: RuleSeverity;
  /** Why, in one sentence. */
  rationale: string;
  /** What a person can do. */
  remediation: string;
  url: string;
  judge(evidence: Evidence): Judgement;
};

/**
 * What a rule says when nobody looked at the repository.
 *
 * @internal
 */
export const NO_ARTIFACTS: Judgement = {
  verdict: 'unknown',
  message: 'The Helm values could not be looked at',
};
