import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { Source, SOURCES } from './source';
import { CVA_GENERATION, CvaGeneration, Tier, tiersOf } from './tiers';

/**
 * Something about a plan that no figure says.
 *
 * @public
 */
export type PlanRemark = {
  /** Stable word for what it is about. */
  topic: 'ai-gateway' | 'largest-tier' | 'peak-requests';
  /** In two or three words. */
  value: string;
  text: string;
  source: Source;
};

/** @internal */
export function remarksOf(options: {
  deployment: CoderDeployment;
  tier: Tier;
  generation: CvaGeneration;
}): PlanRemark[] {
  const { deployment, tier, generation } = options;
  const remarks: PlanRemark[] = [];
  if (deployment.spec.ai?.gateway) {
    remarks.push({
      topic: 'ai-gateway',
      value: 'no validated figure',
      text:
        'No validated figure exists for an AI gateway, so no figure of this plan includes one. ' +
        'Size it by the AI traffic and CODER_AI_GATEWAY_MAX_CONCURRENCY, and measure it under load',
      source: SOURCES.cva,
    });
  }
  if (tiersOf(generation).at(-1)?.name === tier.name) {
    remarks.push({
      topic: 'largest-tier',
      value: 'no larger tier',
      text:
        generation === CVA_GENERATION
          ? 'No larger architecture was validated. Before the load outgrows this tier, split the users over several deployments'
          : `These tables have no larger tier: those of ${CVA_GENERATION} may`,
      source: tier.source,
    });
  }
  if (tier.peakRequestsPerSecond !== undefined) {
    remarks.push({
      topic: 'peak-requests',
      value: `≤ ${tier.peakRequestsPerSecond} a second`,
      text: 'Requests to the API that the tier is for; the newer pages give no figure',
      source: tier.source,
    });
  }
  return remarks;
}
