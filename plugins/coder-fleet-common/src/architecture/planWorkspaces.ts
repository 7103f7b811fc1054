import { InputError } from '@backstage/errors';
import type { DeploymentSpec } from '../deployment/DeploymentSpec';
import { WORKSPACE_GUIDANCE } from './reference/workspaceGuidance';
import { ceil, regionShares } from './sizing';
import { Sourced, SOURCES, sourced } from './source';
import { ContainerSize, Tier, partOf, sameTierElsewhere } from './tiers';

/**
 * Machines for the workspaces that run on Kubernetes, at the peak.
 *
 * @public
 */
export type PlannedWorkspaces = {
  /** What one workspace is reckoned with. */
  container: Sourced<ContainerSize>;
  /** What one node has. */
  node: Sourced<ContainerSize>;
  perNode: Sourced<number>;
  /** Machines of all regions together, each full. */
  nodes: Sourced<number>;
  /** Upper end of autoscaling, as nodes are added before they are full. */
  maxNodes: Sourced<number>;
  regions: Array<{
    region: string;
    cluster: string;
    running: Sourced<number>;
    nodes: Sourced<number>;
  }>;
};

/**
 * What a request may say of workspaces and the nodes under them.
 *
 * @internal
 */
export type WorkspaceWishes = {
  cpu?: number;
  memoryGiB?: number;
  nodeShape?: { cpu: number; memoryGiB: number };
};

/**
 * Says that a workspace fits on no node; `undefined` when it does.
 *
 * @internal
 */
export function misfit(
  wishes: WorkspaceWishes | undefined,
  tier: Tier,
): string | undefined {
  const { container, node } = sizesOf(wishes, tier);
  return fitting(container.value, node.value).count < 1
    ? `A workspace of ${inWords(container.value)} does not fit on a node of ${inWords(node.value)}`
    : undefined;
}

/**
 * Counts the nodes for workspaces. Throws an `InputError` when a workspace fits on none.
 *
 * @internal
 */
export function planWorkspaces(options: {
  spec: DeploymentSpec;
  tier: Tier;
  running: number;
}): PlannedWorkspaces {
  const { spec, tier, running } = options;
  const problem = misfit(spec.workspaces, tier);
  if (problem) {
    throw new InputError(problem);
  }
  const { container, node } = sizesOf(spec.workspaces, tier);
  const perNode = workspacesPerNode(container.value, node.value, spec, tier);
  const nodes = countNodes({ spec, tier, running, perNode });
  const shares = regionShares(spec.regions);
  return {
    container,
    node,
    perNode,
    nodes,
    maxNodes: {
      value: Math.max(
        nodes.value,
        nodesAtScaleUp(running, container.value, node.value),
      ),
      source: WORKSPACE_GUIDANCE.scaleUpShare.source,
      note: `nodes are added from ${
        WORKSPACE_GUIDANCE.scaleUpShare.value * 100
      } % of CPU or memory on`,
    },
    regions: spec.regions.map(({ name, cluster }, index) => {
      const inRegion = ceil(running * shares[index]);
      return {
        region: name,
        cluster,
        running: {
          value: inRegion,
          source: SOURCES.request,
          note: `${Number((shares[index] * 100).toFixed(2))} % of ${running}`,
        },
        nodes: {
          value: usesTable(spec, tier)
            ? ceil(nodes.value * shares[index])
            : ceil(inRegion / perNode.value),
          source: nodes.source,
          note: `${inRegion} workspaces, ${perNode.value} on each node`,
        },
      };
    }),
  };
}

/** The older tables count nodes, as long as nobody asks for other workspaces or nodes. */
function usesTable(spec: DeploymentSpec, tier: Tier): boolean {
  const { cpu, memoryGiB, nodeShape } = spec.workspaces ?? {};
  return tier.workspaceNodes !== undefined && !(cpu || memoryGiB || nodeShape);
}

function sizesOf(
  wishes: WorkspaceWishes | undefined,
  tier: Tier,
): Pick<PlannedWorkspaces, 'container' | 'node'> {
  const { cpu, memoryGiB, nodeShape } = wishes ?? {};
  const usual = usualContainer(tier);
  const asked = cpu !== undefined || memoryGiB !== undefined;
  return {
    container: asked
      ? {
          value: {
            cpuMillis: cpu === undefined ? usual.value.cpuMillis : millis(cpu),
            memoryGiB: memoryGiB ?? usual.value.memoryGiB,
          },
          source: SOURCES.request,
          ...((cpu === undefined || memoryGiB === undefined) && {
            note: `what was not asked for as in "${usual.source.title}"`,
          }),
        }
      : usual,
    node: nodeShape
      ? {
          value: {
            cpuMillis: millis(nodeShape.cpu),
            memoryGiB: nodeShape.memoryGiB,
          },
          source: SOURCES.request,
        }
      : usualNode(tier),
  };
}

function usualContainer(tier: Tier): Sourced<ContainerSize> {
  const { vcpu, memoryGB } = WORKSPACE_GUIDANCE;
  const table = tier.workspaceNodes;
  return table
    ? {
        value: partOf(table.shape, table.workspacesPerNode),
        source: tier.sources.workspaces,
        note: `${table.workspacesPerNode} on each node`,
      }
    : {
        value: { cpuMillis: vcpu.value * 1000, memoryGiB: memoryGB.value },
        source: vcpu.source,
      };
}

function usualNode(tier: Tier): Sourced<ContainerSize> {
  const { nodeVcpu, nodeMemoryGB } = WORKSPACE_GUIDANCE;
  const table = tier.workspaceNodes;
  return table
    ? { value: partOf(table.shape, 1), source: tier.sources.workspaces }
    : {
        value: {
          cpuMillis: nodeVcpu.value * 1000,
          memoryGiB: nodeMemoryGB.value,
        },
        source: nodeVcpu.source,
        note: 'the newer pages name no node for workspaces',
      };
}

function millis(cpu: number): number {
  return Math.round(cpu * 1000);
}

/** How many workspaces a node has room for, and what ends first. */
function fitting(
  container: ContainerSize,
  node: ContainerSize,
): { count: number; limitedBy: 'CPU' | 'memory' } {
  const byCpu = Math.floor(node.cpuMillis / container.cpuMillis);
  const byMemory = Math.floor(
    Number((node.memoryGiB / container.memoryGiB).toFixed(6)),
  );
  return {
    count: Math.min(byCpu, byMemory),
    limitedBy: byCpu <= byMemory ? 'CPU' : 'memory',
  };
}

function inWords({ cpuMillis, memoryGiB }: ContainerSize): string {
  return `${cpuMillis / 1000} vCPU and ${memoryGiB} GiB`;
}

function workspacesPerNode(
  container: ContainerSize,
  node: ContainerSize,
  spec: DeploymentSpec,
  tier: Tier,
): Sourced<number> {
  if (tier.workspaceNodes && usesTable(spec, tier)) {
    return {
      value: tier.workspaceNodes.workspacesPerNode,
      source: tier.sources.workspaces,
    };
  }
  const { maxPodsPerNode } = WORKSPACE_GUIDANCE;
  const { count, limitedBy } = fitting(container, node);
  return count > maxPodsPerNode.value
    ? {
        ...maxPodsPerNode,
        note: `${count} would fit, but a node carries no more pods`,
      }
    : {
        value: count,
        source: SOURCES.sizing,
        note: `${limitedBy} is used up first; what a node needs itself is not taken off`,
      };
}

function countNodes(options: {
  spec: DeploymentSpec;
  tier: Tier;
  running: number;
  perNode: Sourced<number>;
}): Sourced<number> {
  const { spec, tier, running, perNode } = options;
  if (tier.workspaceNodes && usesTable(spec, tier)) {
    return {
      value: tier.workspaceNodes.count,
      source: tier.sources.workspaces,
    };
  }
  const alternatives = [tier, ...sameTierElsewhere(tier)].flatMap(
    ({ workspaceNodes, sources }) =>
      workspaceNodes
        ? [{ value: workspaceNodes.count, source: sources.workspaces }]
        : [],
  );
  return sourced(
    {
      value: ceil(running / perNode.value),
      source: SOURCES.sizing,
      note: `${running} workspaces, ${perNode.value} on each node${
        tier.workspaceNodes ? '' : '; the newer pages leave workspaces to you'
      }`,
    },
    alternatives,
  );
}

function nodesAtScaleUp(
  running: number,
  container: ContainerSize,
  node: ContainerSize,
): number {
  const share = WORKSPACE_GUIDANCE.scaleUpShare.value;
  return Math.max(
    ceil((running * container.cpuMillis) / (node.cpuMillis * share)),
    ceil((running * container.memoryGiB) / (node.memoryGiB * share)),
  );
}
