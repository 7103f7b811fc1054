import type { Plan, PlannedRelease } from '../../architecture/plan';

/**
 * The Deployment of a release. The charts call it by themselves, whatever the release is called.
 * Source: charts coder and coder-provisioner.
 *
 * @internal
 */
export function deploymentOf(plan: Plan, release: PlannedRelease): string {
  return plan.provisioners.includes(release)
    ? 'deployment/coder-provisioner'
    : 'deployment/coder';
}
