import type { PlannedRelease } from '../../architecture/plan';

/**
 * Lets a drain take one pod after the other. The charts bring none.
 *
 * @internal
 */
export function podDisruptionBudget(
  chart: 'coder' | 'coder-provisioner',
  planned: PlannedRelease,
) {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: planned.release, namespace: planned.namespace },
    spec: {
      maxUnavailable: 1,
      selector: {
        matchLabels: {
          'app.kubernetes.io/name': chart,
          'app.kubernetes.io/instance': planned.release,
        },
      },
    },
  };
}
