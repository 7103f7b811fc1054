import ipaddr from 'ipaddr.js';
import type {
  LabelSelector,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from './networkPolicy';

/**
 * One end of a connection: a pod, or an address outside of the cluster.
 *
 * @public
 */
export type Endpoint =
  | {
      kind: 'pod';
      namespace: string;
      namespaceLabels?: Record<string, string>;
      labels: Record<string, string>;
      /** Names of the container's ports. */
      ports?: Record<string, number>;
      ip?: string;
    }
  | { kind: 'address'; ip: string };

/**
 * What is to be reached.
 *
 * @public
 */
export type Flow = { protocol: 'TCP' | 'UDP'; port: number };

/**
 * Whether a connection passes, and which policies stop it.
 *
 * @public
 */
export type Reach = { reachable: boolean; blockedBy: string[] };

/**
 * Evaluates NetworkPolicies as Kubernetes does: a pod that no policy of a direction selects is open
 * in that direction; else at least one rule must allow the connection, on both sides.
 * Source: Kubernetes docs, "Network Policies".
 *
 * @public
 */
export function canReach(options: {
  policies: readonly NetworkPolicy[];
  from: Endpoint;
  to: Endpoint;
  flow: Flow;
}): Reach {
  const { policies, from, to, flow } = options;
  const blockedBy = [
    ...blocking({
      policies,
      direction: 'Egress',
      subject: from,
      peer: to,
      target: to,
      flow,
    }),
    ...blocking({
      policies,
      direction: 'Ingress',
      subject: to,
      peer: from,
      target: to,
      flow,
    }),
  ];
  return { reachable: blockedBy.length === 0, blockedBy };
}

function blocking(options: {
  policies: readonly NetworkPolicy[];
  direction: 'Ingress' | 'Egress';
  subject: Endpoint;
  peer: Endpoint;
  /** Whose port is meant: the end that listens. */
  target: Endpoint;
  flow: Flow;
}): string[] {
  const { policies, direction, subject, peer, target, flow } = options;
  if (subject.kind !== 'pod') {
    return [];
  }
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === subject.namespace &&
      spec.policyTypes.includes(direction) &&
      matches(spec.podSelector, subject.labels),
  );
  const allowed = selecting.some(policy =>
    rulesOf(policy, direction).some(
      ({ peers, ports }) =>
        (peers.length === 0 ||
          peers.some(candidate =>
            isPeer(candidate, peer, subject.namespace),
          )) &&
        (ports.length === 0 ||
          ports.some(candidate => isPort(candidate, target, flow))),
    ),
  );
  return selecting.length > 0 && !allowed
    ? selecting.map(policy => policy.metadata.name)
    : [];
}

function rulesOf(
  { spec }: NetworkPolicy,
  direction: 'Ingress' | 'Egress',
): Array<{ peers: NetworkPolicyPeer[]; ports: NetworkPolicyPort[] }> {
  return direction === 'Ingress'
    ? (spec.ingress ?? []).map(({ from = [], ports = [] }) => ({
        peers: from,
        ports,
      }))
    : (spec.egress ?? []).map(({ to = [], ports = [] }) => ({
        peers: to,
        ports,
      }));
}

function isPeer(
  candidate: NetworkPolicyPeer,
  peer: Endpoint,
  ownNamespace: string,
): boolean {
  if (candidate.ipBlock) {
    const ip = peer.ip;
    return ip !== undefined && inBlock(candidate.ipBlock, ip);
  }
  if (peer.kind !== 'pod') {
    return false;
  }
  const inNamespace = candidate.namespaceSelector
    ? matches(candidate.namespaceSelector, {
        'kubernetes.io/metadata.name': peer.namespace,
        ...peer.namespaceLabels,
      })
    : peer.namespace === ownNamespace;
  return inNamespace && matches(candidate.podSelector ?? {}, peer.labels);
}

type Block = NonNullable<NetworkPolicyPeer['ipBlock']>;
type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** To parse an address takes longer than all else here, and policies are asked again and again. */
const NETWORKS = new WeakMap<Block, { cidr: Network; except: Network[] }>();

function networksOf(block: Block): { cidr: Network; except: Network[] } {
  let known = NETWORKS.get(block);
  if (!known) {
    known = {
      cidr: ipaddr.parseCIDR(block.cidr),
      except: (block.except ?? []).map(cidr => ipaddr.parseCIDR(cidr)),
    };
    NETWORKS.set(block, known);
  }
  return known;
}

function inBlock(block: Block, ip: string): boolean {
  const address = ipaddr.parse(ip);
  const { cidr, except } = networksOf(block);
  const isIn = ([network, bits]: Network) =>
    address.kind() === network.kind() && address.match(network, bits);
  return isIn(cidr) && !except.some(isIn);
}

function isPort(
  candidate: NetworkPolicyPort,
  target: Endpoint,
  flow: Flow,
): boolean {
  if ((candidate.protocol ?? 'TCP') !== flow.protocol) {
    return false;
  }
  if (candidate.port === undefined) {
    return true;
  }
  if (typeof candidate.port === 'string') {
    return (
      target.kind === 'pod' && target.ports?.[candidate.port] === flow.port
    );
  }
  return (
    flow.port >= candidate.port &&
    flow.port <= (candidate.endPort ?? candidate.port)
  );
}

function matches(
  selector: LabelSelector,
  labels: Record<string, string>,
): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(
      ([key, value]) => labels[key] === value,
    ) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const has = Object.hasOwn(labels, key);
      switch (operator) {
        case 'In':
          return has && values.includes(labels[key]);
        case 'NotIn':
          return !has || !values.includes(labels[key]);
        case 'Exists':
          return has;
        case 'DoesNotExist':
          return !has;
        default: {
          const never: never = operator;
          throw new Error(`Unexpected operator ${never}`);
        }
      }
    })
  );
}
