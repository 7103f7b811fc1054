import { CNPG_CLUSTER_LABEL } from '../../artifacts/kubernetes/database';
import { isFronted } from '../../artifacts/kubernetes/exposure';
import { PORTS, webPorts } from '../../artifacts/kubernetes/ports';
import { workspaceNamespaces } from '../../artifacts/kubernetes/workspaces';
import type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '../../network/networkPolicy';
import { conclude, expect } from '../conclude';
import { REPOSITORY } from '../declared';
import { LINKS } from '../links';
import { policies, POLICIES } from '../networkPolicies';
import type { Rule } from '../rule';
import { areGateways, isNeededByBundle } from './designedOpenings';

/**
 * Ports that something on the list of needed flows asks for.
 * Source: CVA, networking; Coder docs, networking and STUN.
 */
const NEEDED: Readonly<Record<'Ingress' | 'Egress', ReadonlySet<string>>> = {
  Ingress: new Set([
    `TCP ${PORTS.http}`,
    `TCP ${PORTS.https}`,
    `TCP ${PORTS.metrics}`,
  ]),
  Egress: new Set([
    `TCP ${PORTS.http}`,
    `TCP ${PORTS.https}`,
    `TCP ${PORTS.dns}`,
    `UDP ${PORTS.dns}`,
    `TCP ${PORTS.webTls}`,
    `TCP ${PORTS.kubernetesApi}`,
    `TCP ${PORTS.postgres}`,
    `TCP ${PORTS.gitSsh}`,
    `UDP ${PORTS.stun}`,
    `UDP ${PORTS.stunGoogle}`,
  ]),
};

/** What instances of a CloudNativePG cluster need of each other, and the operator of them, besides. */
const NEEDED_BY_DATABASE: Readonly<
  Record<'Ingress' | 'Egress', ReadonlySet<string>>
> = {
  Ingress: new Set([
    `TCP ${PORTS.postgres}`,
    `TCP ${PORTS.cnpgStatus}`,
    `TCP ${PORTS.cnpgMetrics}`,
  ]),
  Egress: new Set([`TCP ${PORTS.cnpgStatus}`]),
};

/** @internal */
export const openings: Rule = {
  id: 'FLT-NET-001',
  chapter: 'networking',
  title: 'NetworkPolicies open nothing that is not needed',
  origin: 'fleet',
  severity: 'medium',
  rationale: 'Every opening that nobody needs is one that an attacker may.',
  remediation:
    'Remove the port from the policy, or narrow it to the pods and ports of a flow that is needed.',
  url: LINKS.cvaNetworking,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY, POLICIES],
  verdicts: ['pass', 'warn', 'unknown'],
  judge(look) {
    // Ports that its own URLs name
    const own = new Set(webPorts(look.spec).map(port => `TCP ${port}`));
    // What workspaces call is judged by FLT-NET-005
    const free = new Set(workspaceNamespaces(look.plan));
    const isNeeded = ({ namespace, egress, port, toGateways }: Opening) =>
      (egress && (own.has(port) || free.has(namespace))) ||
      (toGateways && isFronted(look.spec));
    return conclude(
      policies(look, (found, fact) => {
        const extra = [
          ...new Set(
            found
              .flatMap(openingsOf)
              .filter(opening => !isNeeded(opening))
              .map(({ words }) => words),
          ),
        ];
        return [
          expect(
            extra.length === 0,
            {
              fact,
              subject: 'openings that no needed flow asks for',
              seen: extra.slice(0, 10).join('; ') || 'none',
              wanted: 'none',
            },
            'warn',
          ),
        ];
      }),
      'Nothing is open that is not needed',
    );
  },
};

/** A rule without ports. */
const EVERY_PORT: NetworkPolicyPort = {};

/** A repository's policies are judged again and again, and change with its commits only. */
const OPENINGS = new WeakMap<NetworkPolicy, readonly Opening[]>();

type Opening = {
  namespace: string;
  egress: boolean;
  port: string;
  /** Only to pods that carry the access URL. */
  toGateways: boolean;
  words: string;
};

function openingsOf(policy: NetworkPolicy): readonly Opening[] {
  let known = OPENINGS.get(policy);
  if (!known) {
    known = readOpenings(policy);
    OPENINGS.set(policy, known);
  }
  return known;
}

function readOpenings({ metadata, spec }: NetworkPolicy): Opening[] {
  const ofDatabase =
    spec.podSelector.matchLabels?.[CNPG_CLUSTER_LABEL] !== undefined;
  const of = (
    direction: 'Ingress' | 'Egress',
    rules: ReadonlyArray<{
      from?: NetworkPolicyPeer[];
      to?: NetworkPolicyPeer[];
      ports?: NetworkPolicyPort[];
    }>,
  ) =>
    rules
      .flatMap(rule =>
        portsOf(rule)
          .filter(port => !isNeededByBundle(metadata.namespace, rule, port))
          .map(port => ({
            port: port === EVERY_PORT ? 'every port' : portWords(port),
            toGateways: areGateways(rule.to),
          })),
      )
      .filter(
        ({ port }) =>
          !NEEDED[direction].has(port) &&
          !(ofDatabase && NEEDED_BY_DATABASE[direction].has(port)),
      )
      .map(({ port, toGateways }) => ({
        namespace: metadata.namespace,
        egress: direction === 'Egress',
        port,
        toGateways,
        words: `${metadata.name}: ${direction.toLowerCase()} ${port}`,
      }));
  return [
    ...of('Ingress', spec.ingress ?? []),
    ...of('Egress', spec.egress ?? []),
  ];
}

function portsOf({ ports = [] }: { ports?: readonly NetworkPolicyPort[] }) {
  return ports.length === 0 ? [EVERY_PORT] : ports;
}

function portWords({ protocol = 'TCP', port, endPort }: NetworkPolicyPort) {
  if (port === undefined) {
    return `every ${protocol} port`;
  }
  return endPort === undefined || endPort === port
    ? `${protocol} ${port}`
    : `${protocol} ${port} to ${endPort}`;
}
