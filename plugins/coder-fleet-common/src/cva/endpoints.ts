import type { PlannedRelease } from '../architecture/plan';
import type { Endpoint, Flow } from '../network/canReach';
import type { LabelSelector, NetworkPolicy } from '../network/networkPolicy';

/**
 * An address that stands for what is outside of a cluster.
 * Source: RFC 5737.
 *
 * @internal
 */
export const INTERNET: Endpoint = { kind: 'address', ip: '203.0.113.9' };

/**
 * An address that stands for what is beside a cluster: a database, the Kubernetes API.
 * Source: RFC 1918.
 *
 * @internal
 */
export const INSIDE: Endpoint = { kind: 'address', ip: '10.9.8.7' };

/** @internal */
export const tcp = (port: number): Flow => ({ protocol: 'TCP', port });

/**
 * A pod of a release, by the labels that its chart gives.
 *
 * @internal
 */
export function podOf(
  chart: 'coder' | 'coder-provisioner',
  { namespace, release }: PlannedRelease,
): Endpoint {
  return {
    kind: 'pod',
    namespace,
    labels: {
      'app.kubernetes.io/name': chart,
      'app.kubernetes.io/instance': release,
    },
  };
}

type Pod = Extract<Endpoint, { kind: 'pod' }>;

/**
 * Labels that the pods of workspaces have in common.
 * Sources: template `kubernetes` of Coder; CVA, template of workspaces (`app`).
 */
const WORKSPACE_LABELS = {
  'app.kubernetes.io/name': 'coder-workspace',
  'app.kubernetes.io/part-of': 'coder',
  'com.coder.resource': 'true',
  app: 'coder-workspace',
};

/**
 * A pod of a workspace, by the labels that templates commonly give.
 *
 * @internal
 */
export function workspaceOf(namespace: string): Pod {
  return { kind: 'pod', namespace, labels: WORKSPACE_LABELS };
}

/**
 * Pods that stand for all of a namespace of workspaces, as templates label theirs as they like: the common ones, with
 * and without labels, and for each policy one that it selects.
 *
 * @internal
 */
export function podsOfWorkspaces(
  namespace: string,
  policies: readonly NetworkPolicy[],
): { common: readonly Pod[]; selected: readonly Pod[] } {
  const selected = policies
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(({ spec }) => labelsFor(spec.podSelector))
    .filter(labels => Object.keys(labels).length > 0);
  return {
    common: [workspaceOf(namespace), { kind: 'pod', namespace, labels: {} }],
    selected: selected.map(labels => ({ kind: 'pod', namespace, labels })),
  };
}

/** The fewest labels that a selector takes. */
function labelsFor({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): Record<string, string> {
  const asked = matchExpressions
    .filter(({ operator }) => operator === 'In' || operator === 'Exists')
    .map(({ key, values = [] }): [string, string] => [key, values[0] ?? '']);
  return { ...Object.fromEntries(asked), ...matchLabels };
}
