import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { Source, SOURCES } from './source';
import type { Tier } from './tiers';

/**
 * Something about a plan that no figure says.
 *
 * @public
 */
export type PlanRemark = {
  /** Stable word for what it is about. */
  topic: 'ai-gateway' | 'peak-requests';
  text: string;
  source: Source;
};

/** @internal */
export function remarksOf(options: {
  deployment: CoderDeployment;
  tier: Tier;
}): PlanRemark[] {
  const { deployment, tier } = options;
  const remarks: PlanRemark[] = [];
  if (deployment.spec.ai?.gateway) {
    remarks.push({
      topic: 'ai-gateway',
      text:
        'No validated figure exists for an AI gateway, so no figure of this plan includes one. ' +
        'Size it by the AI traffic and CODER_AI_GATEWAY_MAX_CONCURRENCY, and measure it under load',
      source: SOURCES.cva,
    });
  }
  if (tier.peakRequestsPerSecond !== undefined) {
    remarks.push({
      topic: 'peak-requests',
      text: `The tier is for at most ${tier.peakRequestsPerSecond} requests in a second`,
      source: tier.source,
    });
  }
  return remarks;
}
