import type { DeploymentDetail, FactDto, FactsDto } from '../api/types';
import { placeOf, type PlannedRelease } from '../architecture/plan';
import type { DeploymentState } from '../deployment/state';

/**
 * What a node of the topology stands for. `database` is outside of the clusters.
 *
 * @public
 */
export type TopologyKind =
  | 'region'
  | 'cluster'
  | 'controlPlane'
  | 'provisioners'
  | 'workspaceProxy'
  | 'database';

/**
 * Who says what state a node is in.
 *
 * - `tracker`: the state of the deployment itself.
 * - `coderHealth`: a section of Coder's own health report.
 * - `none`: nobody looks at it, so its state is `unknown`.
 *
 * @public
 */
export type TopologyEvidence = 'tracker' | 'coderHealth' | 'none';

/**
 * One box of the topology.
 *
 * @public
 */
export type TopologyNode = {
  /** Unique in the topology, and the same each time for the same spec. */
  id: string;
  kind: TopologyKind;
  /** Name of the region, the cluster or the Helm release; `PostgreSQL` for the database. */
  label: string;
  state: DeploymentState;
  evidence: TopologyEvidence;
  /** Pods that the plan asks for, and those known to be healthy now. */
  replicas?: { planned: number; healthy?: number };
  /** Provisioners inside each replica of the control plane. */
  builtInProvisioners?: number;
  /** Name of the Secret that holds the connection URL. Never its value. */
  secretName?: string;
};

/**
 * `contains`: region to cluster to part. `connects`: who opens the connection to whom.
 *
 * @public
 */
export type TopologyEdge = {
  from: string;
  to: string;
  kind: 'contains' | 'connects';
};

/**
 * The parts of a deployment, where they are and how they hang together. Regions come in the order
 * of the spec, each node after the one that contains it.
 *
 * @public
 */
export type Topology = { nodes: TopologyNode[]; edges: TopologyEdge[] };

/**
 * What the topology is made of.
 *
 * @public
 */
export type TopologyInput = Pick<
  DeploymentDetail,
  'deployment' | 'plan' | 'facts' | 'state'
>;

const CONTROL_PLANE = 'controlPlane';
const DATABASE = 'database';

/**
 * The topology of a deployment, as it was planned, with the states that are known. Pure. A part that
 * nobody looks at is `unknown`, whatever the deployment's own state is.
 *
 * @public
 */
export function deploymentTopology(input: TopologyInput): Topology {
  const { deployment, plan } = input;
  const nodes: TopologyNode[] = [];
  const edges: TopologyEdge[] = [];
  const add = (node: TopologyNode, container?: string) => {
    nodes.push(node);
    if (container) {
      edges.push({ from: container, to: node.id, kind: 'contains' });
    }
  };
  deployment.spec.regions.forEach(({ name, cluster }) => {
    const regionId = `region:${name}`;
    const clusterId = `cluster:${name}`;
    const here = (release: PlannedRelease) => release.region === name;
    add(unseen({ id: regionId, kind: 'region', label: name }));
    add(unseen({ id: clusterId, kind: 'cluster', label: cluster }), regionId);
    if (here(plan.controlPlane)) {
      add(controlPlane(input), clusterId);
      add(database(input), regionId);
      edges.push({ from: CONTROL_PLANE, to: DATABASE, kind: 'connects' });
    }
    plan.proxies.filter(here).forEach(release => {
      add(planned('workspaceProxy', release), clusterId);
    });
    plan.provisioners.filter(here).forEach(release => {
      add(planned('provisioners', release), clusterId);
    });
  });
  for (const { id, kind } of nodes) {
    if (kind === 'workspaceProxy' || kind === 'provisioners') {
      edges.push({ from: id, to: CONTROL_PLANE, kind: 'connects' });
    }
  }
  return { nodes, edges };
}

/**
 * The nodes that a node leads to by edges of one kind, in their order.
 *
 * @public
 */
export function topologyTargets(
  topology: Topology,
  from: string,
  kind: TopologyEdge['kind'],
): TopologyNode[] {
  const targets = topology.edges
    .filter(edge => edge.from === from && edge.kind === kind)
    .map(edge => edge.to);
  return topology.nodes.filter(node => targets.includes(node.id));
}

function unseen(node: Omit<TopologyNode, 'state' | 'evidence'>): TopologyNode {
  return { ...node, state: 'unknown', evidence: 'none' };
}

function planned(
  kind: 'provisioners' | 'workspaceProxy',
  release: PlannedRelease,
): TopologyNode {
  return unseen({
    id: `${kind}:${placeOf(release)}`,
    kind,
    label: release.release,
    replicas: { planned: release.replicas.value },
  });
}

function controlPlane(input: TopologyInput): TopologyNode {
  const { plan, facts, state } = input;
  const { release, replicas, builtInProvisioners } = plan.controlPlane;
  const healthy = currentValue(facts, facts.replicas)?.healthy;
  return {
    id: CONTROL_PLANE,
    kind: 'controlPlane',
    label: release,
    state,
    evidence: 'tracker',
    replicas: {
      planned: replicas.value,
      ...(healthy !== undefined && { healthy }),
    },
    builtInProvisioners: builtInProvisioners.value,
  };
}

function database(input: TopologyInput): TopologyNode {
  const state = databaseState(input);
  return {
    id: DATABASE,
    kind: 'database',
    label: 'PostgreSQL',
    state,
    evidence: state === 'unknown' ? 'none' : 'coderHealth',
    secretName: input.deployment.spec.database.connectionSecret.name,
  };
}

/** Coder pings its database for its own health report: the one part it speaks for as a whole. */
function databaseState(input: TopologyInput): DeploymentState {
  const { facts, state } = input;
  if (state === 'retired') {
    return 'unknown';
  }
  const section = currentValue(facts, facts.health)?.sections.find(
    ({ key }) => key === 'database',
  );
  switch (section?.severity) {
    case 'ok':
      return 'healthy';
    case 'warning':
      return 'degraded';
    case 'error':
      // As in the state of the deployment: dismissed is not well, but does not count as an error.
      return section.dismissed ? 'degraded' : 'failing';
    default:
      return 'unknown';
  }
}

/** A value says how things are now only while it is fresh and the deployment still answers. */
function currentValue<T>(
  facts: FactsDto,
  fact: FactDto<T> | undefined,
): T | undefined {
  return isCurrent(facts.reachability) && isCurrent(fact)
    ? fact?.value
    : undefined;
}

function isCurrent(fact: FactDto<unknown> | undefined): boolean {
  return fact?.status === 'ok' && !fact.stale;
}
