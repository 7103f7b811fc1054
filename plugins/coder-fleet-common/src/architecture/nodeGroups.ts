import { allocatable } from './allocatable';
import type { Plan } from './plan';
import type { PlannedRelease } from './planReleases';
import { DAEMON_SETS } from './reference/nodeReservation';
import { SCALING } from './reference/scaling';
import { ceil } from './sizing';
import type { Source } from './source';
import type { ContainerSize } from './tiers';

/**
 * Nodes of one cluster that carry the same.
 *
 * @internal
 */
export type NodeGroup = {
  cluster: string;
  /** `control-plane` has a label and a taint; `general` neither: what has no place of its own. */
  group: 'control-plane' | 'general' | 'workspaces';
  nodes: number;
  /** What each node has at least. */
  node: ContainerSize;
  /** What stands on them, in words. */
  carries: string;
  source: Source;
};

/** Machines of the clouds come in these sizes. */
const USUAL_VCPU = [2, 4, 8, 16, 32, 48, 64, 96, 128];
const USUAL_GIB = [4, 8, 16, 32, 64, 128, 192, 256, 384, 512];

/**
 * Which nodes the plan needs, cluster by cluster. A pod never fits on a node of its own size: the node keeps something for
 * itself, so the next usual size with room is named.
 *
 * @internal
 */
export function nodeGroupsOf(plan: Plan): NodeGroup[] {
  const clusters = [
    ...new Set(plan.workspaces.regions.map(({ cluster }) => cluster)),
  ];
  return clusters.flatMap(cluster => [
    ...[plan.controlPlane, ...plan.proxies]
      .filter(release => release.cluster === cluster)
      .map(release => ownNodes(release, release === plan.controlPlane)),
    ...builders(plan, cluster),
    ...plan.workspaces.regions
      .filter(region => region.cluster === cluster)
      .map(({ region, running, nodes }): NodeGroup => ({
        cluster,
        group: 'workspaces',
        nodes: nodes.value,
        node: plan.workspaces.node.value,
        carries: `${running.value} workspaces of ${region} at the peak, ${plan.workspaces.perNode.value} on each node`,
        source: nodes.source,
      })),
  ]);
}

/**
 * One replica on each node: the loss of a node is the loss of one replica. One node more, as a rolling update starts a
 * new pod before it ends an old one, and with fewer than four replicas Kubernetes ends none before by default either.
 */
function ownNodes(release: PlannedRelease, isControlPlane: boolean): NodeGroup {
  const { cluster, region, replicas, container } = release;
  return {
    cluster,
    group: 'control-plane',
    nodes: replicas.value + 1,
    node: nextUsual(container.value),
    carries: `${isControlPlane ? 'the control plane' : `the workspace proxy of ${region}`}: ${replicas.value === 1 ? 'a pod' : `${replicas.value} pods, each on its own node,`} of ${sizeInWords(container.value)}, and room for one more, with which an update begins`,
    source: container.source,
  };
}

/** All provisioners of a cluster together, as many on a node as the CVA lets stand on one machine. */
function builders(plan: Plan, cluster: string): NodeGroup[] {
  const here = plan.provisioners.filter(release => release.cluster === cluster);
  if (here.length === 0) {
    return [];
  }
  const { maxProvisionersPerMachine: most } = SCALING;
  const pods = here.reduce((sum, { replicas }) => sum + replicas.value, 0);
  const { value: each } = here[0].container;
  const nodes = ceil(pods / most.value);
  const perNode = ceil(pods / nodes);
  return [
    {
      cluster,
      group: 'general',
      nodes,
      node: nextUsual({
        cpuMillis: perNode * each.cpuMillis,
        memoryGiB: perNode * each.memoryGiB,
      }),
      carries: `${pods} provisioners of ${sizeInWords(each)}, ${perNode} on each node`,
      source: most.source,
    },
  ];
}

/**
 * The next usual size of a machine that has room for its pods beside DaemonSets and what the node keeps for itself.
 *
 * @internal
 */
export function nextUsual(pods: ContainerSize): ContainerSize {
  const vcpu = USUAL_VCPU.find(size => hasCpu(size * 1000, pods));
  const memoryGiB = USUAL_GIB.find(size => hasMemory(size, pods));
  return {
    cpuMillis: (vcpu ?? ceil((pods.cpuMillis / 1000) * 1.1)) * 1000,
    memoryGiB: memoryGiB ?? ceil(pods.memoryGiB * 1.1),
  };
}

function hasCpu(cpuMillis: number, pods: ContainerSize): boolean {
  const { cpuMillis: left } = allocatable({ cpuMillis, memoryGiB: 0 });
  return left >= pods.cpuMillis + DAEMON_SETS.cpuMillis;
}

function hasMemory(memoryGiB: number, pods: ContainerSize): boolean {
  const { memoryGiB: left } = allocatable({ cpuMillis: 0, memoryGiB });
  return left >= pods.memoryGiB + DAEMON_SETS.memoryGiB;
}

/** @internal */
export function sizeInWords({ cpuMillis, memoryGiB }: ContainerSize): string {
  return `${cpuMillis / 1000} vCPU, ${memoryGiB} GiB`;
}
