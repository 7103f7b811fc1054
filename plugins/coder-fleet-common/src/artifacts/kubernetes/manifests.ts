import type { Plan, PlannedRelease } from '../../architecture/plan';
import type { Artifact } from '../artifact';
import { toYaml } from '../yaml';
import {
  controlPlanePolicies,
  provisionersPolicies,
  proxyPolicies,
} from './networkPolicies';
import { podDisruptionBudget } from './podDisruptionBudget';

/**
 * The manifests that go beside the Helm releases, a folder each: the charts bring neither
 * NetworkPolicies nor PodDisruptionBudgets.
 *
 * @internal
 */
export function kubernetesManifests(plan: Plan): Artifact[] {
  return [
    ...folder('control-plane', {
      policies: controlPlanePolicies(plan),
      budget: budgetOf('coder', plan.controlPlane),
    }),
    ...plan.provisioners.flatMap(release =>
      folder(`provisioners/${release.region}`, {
        policies: provisionersPolicies(plan, release),
        budget: budgetOf('coder-provisioner', release),
      }),
    ),
    ...plan.proxies.flatMap(release =>
      folder(`proxies/${release.region}`, {
        policies: proxyPolicies(plan, release),
        budget: budgetOf('coder', release),
      }),
    ),
  ];
}

/** With a single replica a budget would only block the drain of its node. */
function budgetOf(
  chart: 'coder' | 'coder-provisioner',
  release: PlannedRelease,
): unknown[] {
  return release.replicas.value > 1
    ? [podDisruptionBudget(chart, release)]
    : [];
}

function folder(
  name: string,
  manifests: { policies: unknown[]; budget: unknown[] },
): Artifact[] {
  const file = (fileName: string, documents: unknown[]): Artifact[] =>
    documents.length === 0
      ? []
      : [
          {
            path: `kubernetes/${name}/${fileName}`,
            content: documents.map(toYaml).join('---\n'),
          },
        ];
  return [
    ...file('network-policies.yaml', manifests.policies),
    ...file('pod-disruption-budget.yaml', manifests.budget),
  ];
}
