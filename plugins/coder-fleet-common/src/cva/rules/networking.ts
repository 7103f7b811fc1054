import { CNPG_CLUSTER_LABEL } from '../../artifacts/kubernetes/database';
import { isFronted } from '../../artifacts/kubernetes/exposure';
import { PORTS, webPort, webPorts } from '../../artifacts/kubernetes/ports';
import { workspaceNamespaces } from '../../artifacts/kubernetes/workspaces';
import { derivedNames } from '../../deployment/names';
import { canReach, Endpoint, Flow } from '../../network/canReach';
import type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '../../network/networkPolicy';
import { conclude, expect } from '../conclude';
import {
  declared,
  describeVariable,
  envVariable,
  envValue,
  REPOSITORY,
} from '../declared';
import { INSIDE, INTERNET, podOf, tcp } from '../endpoints';
import type { FactPath } from '../evidence';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import type { Rule } from '../rule';
import { areGateways, isNeededByBundle } from './designedOpenings';

const POLICIES = 'kubernetes.networkPolicies';

/** Targets between users or workspaces and the control plane. Source: Coder docs, networking. */
const MAX_ROUND_TRIP_MS = 400;
const MAX_PACKET_LOSS = 0.005;

/** Target of queries and builds. Source: Coder docs, scale testing. */
const MAX_API_P95_MS = 300;

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

/** Checks NetworkPolicies: those in the repository, and those that the cluster has. */
function policies(
  look: Look,
  check: (found: readonly NetworkPolicy[], fact: FactPath) => Check[],
): Check[] {
  return [
    ...look.of(REPOSITORY, ({ networkPolicies, unreadable }) => [
      ...unreadable
        .filter(({ path }) => path.startsWith('kubernetes/'))
        .map(({ path, problem }): Check => ({
          fact: REPOSITORY,
          subject: path,
          verdict: 'unknown',
          seen: problem,
        })),
      ...check(networkPolicies, REPOSITORY),
    ]),
    ...look.running(POLICIES, found => check(found, POLICIES)),
  ];
}

const flows: Rule = {
  id: 'CVA-NET-001',
  chapter: 'networking',
  title: 'The four flows that Coder needs are possible',
  origin: 'cva',
  severity: 'critical',
  rationale:
    'Without them workspaces cannot report, the database or Git cannot be reached, or nobody gets in.',
  remediation:
    'Allow workspaces and users to reach the control plane, and the control plane to reach PostgreSQL, Git and package repositories.',
  url: LINKS.cvaNetworking,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY, POLICIES],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const coderd = podOf('coder', look.plan.controlPlane);
    const wanted: WantedFlow[] = [
      ...workspaceFlows(look, coderd),
      ['the control plane to PostgreSQL', coderd, INSIDE, tcp(PORTS.postgres)],
      [
        'the control plane to Git and packages',
        coderd,
        INTERNET,
        tcp(PORTS.webTls),
      ],
      ['users to the control plane', INTERNET, coderd, tcp(PORTS.http)],
    ];
    return conclude(
      policies(look, (found, fact) =>
        wanted.map(([subject, from, to, flow]) => {
          const { reachable, blockedBy } = canReach({
            policies: found,
            from,
            to,
            flow,
          });
          return expect(reachable, {
            fact,
            subject,
            seen: reachable ? 'open' : `closed by ${blockedBy.join(', ')}`,
            wanted: 'open',
          });
        }),
      ),
      'The four flows are possible',
    );
  },
};

type WantedFlow = [subject: string, from: Endpoint, to: Endpoint, flow: Flow];

/** Where the control plane is in another cluster, they call its access URL alone. */
function workspaceFlows({ plan, spec }: Look, coderd: Endpoint): WantedFlow[] {
  const names = derivedNames(plan.name);
  return plan.workspaces.regions.flatMap(({ region, cluster }) => {
    const workspace: Endpoint = {
      kind: 'pod',
      namespace: names.workspacesNamespace(region),
      labels: { 'app.kubernetes.io/name': 'coder-workspace' },
    };
    const outwards: WantedFlow[] = [
      [
        `workspaces in ${region} to the access URL`,
        workspace,
        INTERNET,
        tcp(webPort(spec.accessUrl)),
      ],
    ];
    return cluster === plan.controlPlane.cluster
      ? [
          ...outwards,
          [
            `workspaces in ${region} to the control plane`,
            workspace,
            coderd,
            tcp(PORTS.http),
          ],
        ]
      : outwards;
  });
}

const defaultDeny: Rule = {
  id: 'CVA-NET-002',
  chapter: 'networking',
  title: 'NetworkPolicies close what is not needed',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Without a policy every pod of the cluster reaches the control plane, its metrics and its neighbours.',
  remediation:
    'Apply the NetworkPolicies of the repository: a default denial for the namespace and one that opens the needed flows.',
  url: LINKS.cvaNetworking,
  needs: ['spec.plan', REPOSITORY, POLICIES],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const { controlPlane, provisioners, proxies } = look.plan;
    const all = [controlPlane, ...provisioners, ...proxies];
    return conclude(
      policies(look, (found, fact) => {
        // What a cluster has is known of that of the control plane alone
        const releases = fact === REPOSITORY ? all : [controlPlane];
        const closed = new Set(
          found.filter(deniesAll).map(({ metadata }) => metadata.namespace),
        );
        return [...new Set(releases.map(({ namespace }) => namespace))].map(
          namespace =>
            expect(closed.has(namespace), {
              fact,
              subject: `default denial in ${namespace}`,
              seen: closed.has(namespace) ? 'there' : 'none',
              wanted: 'there',
            }),
        );
      }),
      'What is not needed is closed',
    );
  },
};

function deniesAll({ spec }: NetworkPolicy): boolean {
  return (
    selectsAll(spec.podSelector) &&
    spec.policyTypes.length === 2 &&
    !spec.ingress?.length &&
    !spec.egress?.length
  );
}

function selectsAll({
  matchLabels = {},
  matchExpressions = [],
}: NetworkPolicy['spec']['podSelector']): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

const relay: Rule = {
  id: 'DOC-NET-001',
  chapter: 'networking',
  title: 'Replicas reach each other',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Replicas relay the connections of users to each other: where policies close that, half of the connections fail.',
  remediation: `Allow the pods of the control plane to reach each other on port ${PORTS.http}.`,
  url: LINKS.highAvailability,
  needs: ['spec.plan', REPOSITORY, POLICIES],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const { plan } = look;
    if (plan.controlPlane.replicas.value < 2) {
      return {
        verdict: 'skip',
        message: 'It has one replica only',
        evidence: [
          {
            fact: 'spec.plan',
            subject: 'replicas',
            verdict: 'pass',
            seen: '1',
          },
        ],
      };
    }
    const coderd = podOf('coder', plan.controlPlane);
    return conclude(
      policies(look, (found, fact) => {
        const { reachable, blockedBy } = canReach({
          policies: found,
          from: coderd,
          to: coderd,
          flow: tcp(PORTS.http),
        });
        return [
          expect(reachable, {
            fact,
            subject: 'replica to replica',
            seen: reachable ? 'open' : `closed by ${blockedBy.join(', ')}`,
            wanted: 'open',
          }),
        ];
      }),
      'Replicas reach each other',
    );
  },
};

const openings: Rule = {
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

const workspacePorts: Rule = {
  id: 'CVA-NET-003',
  chapter: 'networking',
  title: 'Workspaces have no open port',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Workspaces call the control plane by themselves: a port that is open into them serves nobody but others in the cluster.',
  remediation:
    'Remove Services, host ports and network rules that lead into workspaces from the template.',
  url: LINKS.cvaNetworking,
  needs: ['templates.templates'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('templates.templates', templates =>
        templates.map(({ name, source }) => {
          const fact = 'templates.templates';
          const subject = `open ports in ${name}`;
          return source
            ? expect(source.openPorts.length === 0, {
                fact,
                subject,
                seen: source.openPorts.join(', ') || 'none',
                wanted: 'none',
              })
            : {
                fact,
                subject,
                verdict: 'unknown',
                seen: 'its source was not looked at',
              };
        }),
      ),
      'Workspaces have no open port',
    ),
};

/** Names that lead nowhere from outside of a cluster. */
const INTERNAL =
  /(?:^|\.)(?:svc|svc\.cluster\.local|cluster\.local|local|internal|lan)$/i;
const THIS_MACHINE = /(?:^|\.)localhost$|^127\.|^\[?::1\]?$|^0\.0\.0\.0$/i;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/;

const accessUrl: Rule = {
  id: 'DOC-NET-002',
  chapter: 'networking',
  title: 'The access URL is https, and reached from everywhere',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Users, workspaces, proxies and provisioners all use this one address: it has to be right and safe from each of them.',
  remediation:
    'Give an https URL with a DNS name that users and workspaces can resolve, and set it as CODER_ACCESS_URL.',
  url: LINKS.setup,
  needs: ['spec.deployment', REPOSITORY, 'coderApi.serverOptions'],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge(look) {
    const wanted = look.spec.accessUrl;
    return conclude(
      [
        external(wanted),
        ...declared(look, values =>
          expect(envValue(values, 'CODER_ACCESS_URL') === wanted, {
            fact: REPOSITORY,
            subject: 'CODER_ACCESS_URL',
            seen: describeVariable(envVariable(values, 'CODER_ACCESS_URL')),
            wanted,
          }),
        ),
        ...look.running(
          'coderApi.serverOptions',
          ({ CODER_ACCESS_URL: option }) => {
            const seen = String(option?.value ?? 'not set');
            return [
              expect(seen.replace(/\/$/, '') === wanted, {
                fact: 'coderApi.serverOptions',
                subject: 'access URL of the running server',
                seen,
                wanted,
              }),
            ];
          },
        ),
      ],
      `${wanted} is https and external`,
    );
  },
};

function external(url: string): Check {
  const { protocol, hostname } = new URL(url);
  const check = {
    fact: 'spec.deployment',
    subject: 'access URL',
    seen: url,
  } as const;
  if (protocol !== 'https:') {
    return { ...check, verdict: 'fail', wanted: 'https' };
  }
  if (INTERNAL.test(hostname)) {
    return {
      ...check,
      verdict: 'fail',
      wanted: 'a name known outside of the cluster',
    };
  }
  if (THIS_MACHINE.test(hostname)) {
    return {
      ...check,
      verdict: 'warn',
      seen: `${url}, which each machine takes for itself`,
      wanted: 'a name known to other machines',
    };
  }
  if (ADDRESS.test(hostname)) {
    return { ...check, verdict: 'warn', wanted: 'a DNS name' };
  }
  return { ...check, verdict: 'pass' };
}

const wildcard: Rule = {
  id: 'DOC-NET-003',
  chapter: 'networking',
  title: 'Workspace apps have hosts of their own',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    'Without a wildcard host, apps share the origin of the dashboard: many do not work there, and it is less safe.',
  remediation:
    'Give a wildcard host in the deployment file, with DNS and a certificate for it.',
  url: LINKS.setup,
  needs: ['spec.deployment', REPOSITORY, 'coderApi.serverOptions'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge(look) {
    const name = 'CODER_WILDCARD_ACCESS_URL';
    const asked = look.spec.wildcardUrl;
    return conclude(
      [
        expect(
          Boolean(asked),
          {
            fact: 'spec.deployment',
            subject: 'wildcard host',
            seen: asked ?? 'none',
            wanted: 'one',
          },
          'warn',
        ),
        ...declared(look, values =>
          expect(
            Boolean(envVariable(values, name)),
            {
              fact: REPOSITORY,
              subject: name,
              seen: describeVariable(envVariable(values, name)),
              wanted: asked ?? 'set',
            },
            'warn',
          ),
        ),
        ...look.running('coderApi.serverOptions', ({ [name]: option }) => [
          expect(
            option?.set === true,
            {
              fact: 'coderApi.serverOptions',
              subject: 'wildcard host of the running server',
              seen: String(option?.value ?? 'none'),
              wanted: asked ?? 'set',
            },
            'warn',
          ),
        ]),
      ],
      'Workspace apps have hosts of their own',
    );
  },
};

const latency: Rule = {
  id: 'DOC-NET-004',
  chapter: 'networking',
  title: 'Latency and loss are within their targets',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    'Beyond these figures terminals lag and connections break, however large the deployment is.',
  remediation:
    'Put a workspace proxy near the users, and look for the slow part of the way; slow API requests ask for more CPU or a faster database.',
  url: LINKS.networking,
  needs: ['prometheus.network', 'prometheus.apiLatency'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge: look =>
    conclude(
      [
        ...look.of('prometheus.network', ({ roundTripMs, packetLoss }) => [
          within('round trip', roundTripMs, MAX_ROUND_TRIP_MS, 'ms'),
          within(
            'packet loss',
            packetLoss === undefined ? undefined : percent(packetLoss),
            percent(MAX_PACKET_LOSS),
            '%',
          ),
        ]),
        ...look.running('prometheus.apiLatency', ({ p95Ms }) => [
          {
            ...within(
              'API requests, 95th percentile',
              p95Ms,
              MAX_API_P95_MS,
              'ms',
            ),
            fact: 'prometheus.apiLatency' as const,
          },
        ]),
      ],
      'Latency and loss are within their targets',
    ),
};

function percent(part: number): number {
  return Number((part * 100).toFixed(3));
}

function within(
  subject: string,
  value: number | undefined,
  below: number,
  unit: string,
): Check {
  return expect(
    value !== undefined && value < below,
    {
      fact: 'prometheus.network',
      subject,
      seen: value === undefined ? 'not measured' : `${value} ${unit}`,
      wanted: `below ${below} ${unit}`,
    },
    value === undefined ? 'unknown' : 'warn',
  );
}

const derpRelay: Rule = {
  id: 'DOC-NET-005',
  chapter: 'networking',
  title: 'Replicas relay by addresses of their own',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'The relay URL must lead to one replica: the access URL leads to any, and relayed connections end at the wrong one.',
  remediation:
    'Remove CODER_DERP_SERVER_RELAY_URL from the values: the chart sets it to the address of each pod.',
  url: LINKS.highAvailability,
  needs: ['spec.deployment', REPOSITORY, 'coderApi.serverOptions'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const name = 'CODER_DERP_SERVER_RELAY_URL';
    const host = new URL(look.spec.accessUrl).host;
    const leadsTo = (value: string) => value.includes(host);
    return conclude(
      [
        ...declared(look, values => {
          const value = describeVariable(envVariable(values, name));
          return expect(!envVariable(values, name), {
            fact: REPOSITORY,
            subject: name,
            seen: value,
            wanted: 'not set: the chart sets it',
          });
        }),
        ...look.running('coderApi.serverOptions', ({ [name]: option }) => {
          const value = String(option?.value ?? 'not set');
          return [
            expect(!leadsTo(value), {
              fact: 'coderApi.serverOptions',
              subject: 'relay URL of the running server',
              seen: value,
              wanted: 'not the access URL',
            }),
          ];
        }),
      ],
      'Replicas relay by addresses of their own',
    );
  },
};

const websockets: Rule = {
  id: 'DOC-NET-006',
  chapter: 'networking',
  title: 'Websockets pass',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Terminals, logs and relayed connections are websockets: a proxy in between that does not let them pass breaks all of them.',
  remediation:
    'Allow the headers Upgrade: websocket and Upgrade: derp in every proxy and load balancer on the way.',
  url: LINKS.healthCheck,
  needs: ['coderApi.health'],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('coderApi.health', ({ sections }) => {
        const fact = 'coderApi.health';
        const section = sections.find(({ key }) => key === 'websocket');
        const forced = sections.some(({ warnings }) =>
          warnings.some(({ code }) => code === 'EDERP01'),
        );
        return [
          section
            ? expect(
                section.severity === 'ok',
                {
                  fact,
                  subject: 'websocket check of the server',
                  seen: section.error ?? section.severity,
                  wanted: 'ok',
                },
                section.severity === 'warning' ? 'warn' : 'fail',
              )
            : look.unknown(fact, 'websocket check of the server'),
          expect(
            !forced,
            {
              fact,
              subject: 'relays that fall back to websockets (EDERP01)',
              seen: forced ? 'some' : 'none',
              wanted: 'none',
            },
            'warn',
          ),
        ];
      }),
      'Websockets pass',
    ),
};

/**
 * Chapter "Networking".
 *
 * @internal
 */
export const NETWORKING_RULES: readonly Rule[] = [
  flows,
  defaultDeny,
  workspacePorts,
  relay,
  accessUrl,
  wildcard,
  latency,
  derpRelay,
  websockets,
  openings,
];
