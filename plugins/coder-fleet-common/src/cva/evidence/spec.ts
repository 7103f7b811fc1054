import type { Plan } from '../../architecture/plan';
import { plan as planOf } from '../../architecture/plan';
import {
  CoderDeployment,
  coderDeploymentSchema,
} from '../../deployment/DeploymentSpec';
import type { Fact } from '../../tracking/fact';
import { parseFact } from './fact';

/**
 * What was asked for, and the architecture that follows from it.
 *
 * @public
 */
export type SpecEvidence = { deployment: CoderDeployment; plan: Plan };

/**
 * Reads the request. The plan is derived here: nobody can hand in a plan that does not follow from
 * the request.
 *
 * @internal
 */
export function parseSpec(input: unknown): {
  deployment?: Fact<CoderDeployment>;
  plan?: Fact<Plan>;
} {
  const { deployment: raw } = (input ?? {}) as Record<string, unknown>;
  const deployment = parseFact<CoderDeployment>(raw, coderDeploymentSchema);
  return deployment ? { deployment, plan: planFact(deployment) } : {};
}

function planFact(deployment: Fact<CoderDeployment>): Fact<Plan> {
  const { value, ...rest } = deployment;
  if (value === undefined) {
    return rest;
  }
  try {
    return { ...rest, value: planOf(value) };
  } catch (error) {
    const { observedAt: _, ...attempt } = rest;
    return {
      ...attempt,
      status: 'error',
      message: error instanceof Error ? error.message : String(error),
    };
  }
}
