import type { Plan } from '../../../architecture/plan';
import type { CoderDeployment } from '../../../deployment/DeploymentSpec';
import type { RenderedRelease } from '../../gitops/releases';

/**
 * What a runbook is written from.
 *
 * @internal
 */
export type RunbookContext = {
  deployment: CoderDeployment;
  plan: Plan;
  /** The control plane first. */
  releases: readonly RenderedRelease[];
};
