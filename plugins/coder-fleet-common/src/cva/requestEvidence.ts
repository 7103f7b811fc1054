import type { Plan } from '../architecture/plan';
import type { Artifact } from '../artifacts/artifact';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { Evidence, knownFact, repositoryEvidence } from './evidence';

/**
 * Evidence of a request: what is asked for, and what was rendered from it.
 *
 * @public
 */
export function requestEvidence(options: {
  deployment: CoderDeployment;
  plan: Plan;
  artifacts?: readonly Artifact[];
  now: Date;
}): Evidence {
  const { deployment, plan, artifacts, now } = options;
  const fact = <T>(value: T) => knownFact(value, { now, collector: 'request' });
  return {
    spec: { deployment: fact(deployment), plan: fact(plan) },
    ...(artifacts && {
      artifacts: { repository: fact(repositoryEvidence(artifacts)) },
    }),
  };
}
