import { ANNOTATION_PREFIX } from '../../annotations';
import type { ContainerSize } from '../../architecture/tiers';

/** Without it the cluster autoscaler may evict a pod and drop its users' connections. */
const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

/**
 * Label and taint of nodes: which node group they belong to.
 *
 * @public
 */
export const NODE_GROUP_LABEL = `${ANNOTATION_PREFIX}/node-group`;

/**
 * Value of {@link NODE_GROUP_LABEL} on the nodes of the control plane.
 *
 * @public
 */
export const CONTROL_PLANE_NODES = 'control-plane';

/**
 * Value of {@link NODE_GROUP_LABEL} on the nodes of a database that is made here: what else stands on a node may leave an
 * instance no room.
 *
 * @public
 */
export const DATABASE_NODES = 'database';

/**
 * Port on which coderd, provisioners and proxies serve metrics.
 * Source: Helm chart, CODER_PROMETHEUS_ADDRESS.
 */
const METRICS_PORT = 2112;

/**
 * Requests and limits alike, as the CVA asks.
 *
 * @internal
 */
export function resources(container: ContainerSize) {
  const size = {
    cpu: `${container.cpuMillis}m`,
    memory: `${container.memoryGiB}Gi`,
  };
  return { requests: size, limits: size };
}

/**
 * What the Pod Security level `restricted` asks for and the charts leave out; the rest is their default.
 * Source: Kubernetes, Pod Security Standards; charts, `securityContext`.
 *
 * @internal
 */
export function securityContext() {
  return { capabilities: { drop: ['ALL'] } };
}

/**
 * Places pods on a node group, by the label and the taint that its nodes carry.
 *
 * @internal
 */
export function placement(
  group: typeof CONTROL_PLANE_NODES | typeof DATABASE_NODES,
) {
  return {
    nodeSelector: { [NODE_GROUP_LABEL]: group },
    tolerations: [
      {
        key: NODE_GROUP_LABEL,
        operator: 'Equal',
        value: group,
        effect: 'NoSchedule',
      },
    ],
  };
}

/**
 * Annotations of the Deployment.
 *
 * @internal
 */
export function workloadAnnotations(): Record<string, string> {
  return { [SAFE_TO_EVICT]: 'false' };
}

/**
 * Annotations of the pods. The autoscaler reads them there, not on the Deployment.
 *
 * @internal
 */
export function podAnnotations(): Record<string, string> {
  return {
    [SAFE_TO_EVICT]: 'false',
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(METRICS_PORT),
  };
}

/**
 * Keeps replicas on different nodes and spread over zones. The chart's default names the release
 * `coder` literally and would match nothing.
 *
 * @internal
 */
export function spread(options: { chart: string; release: string }) {
  const matchLabels = {
    'app.kubernetes.io/name': options.chart,
    'app.kubernetes.io/instance': options.release,
  };
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 1,
            podAffinityTerm: {
              labelSelector: { matchLabels },
              topologyKey: 'kubernetes.io/hostname',
            },
          },
        ],
      },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels },
      },
    ],
  };
}
