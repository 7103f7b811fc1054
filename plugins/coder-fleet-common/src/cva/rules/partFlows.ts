import {
  placeOf,
  type Plan,
  type PlannedRelease,
} from '../../architecture/plan';
import {
  CNPG_CLUSTER,
  CNPG_CLUSTER_LABEL,
  CNPG_OPERATOR_NAMESPACE,
} from '../../artifacts/kubernetes/database';
import { isFronted } from '../../artifacts/kubernetes/exposure';
import { ownLabels } from '../../artifacts/kubernetes/object';
import {
  DATABASE_OPERATOR_NAMESPACE_LABEL,
  GATEWAY_NAMESPACE_LABEL,
} from '../../artifacts/kubernetes/policy';
import { PORTS, webPort } from '../../artifacts/kubernetes/ports';
import { workspaceNamespaces } from '../../artifacts/kubernetes/workspaces';
import type { Endpoint, Flow } from '../../network/canReach';
import { conclude } from '../conclude';
import { REPOSITORY } from '../declared';
import { INSIDE, INTERNET, podOf, tcp } from '../endpoints';
import { LINKS } from '../links';
import type { Look } from '../Look';
import { declaredObjects, unreadableObjects } from '../manifests';
import { closedToWorkspaces, flowCheck, NamedFlow } from '../networkPolicies';
import type { Rule } from '../rule';

/** One that only the label of its namespace opens: Gateways choose theirs. */
const GATEWAY_PORT = 10443;

function wantedFlows(look: Look): NamedFlow[] {
  const { plan, spec } = look;
  const { controlPlane, provisioners, proxies, name } = plan;
  const coderd = podOf('coder', controlPlane);
  const job = (component: string): Endpoint => ({
    kind: 'pod',
    namespace: controlPlane.namespace,
    labels: ownLabels(name, component),
  });
  // In another cluster the control plane is reached by its access URL
  const control = (release: PlannedRelease): [Endpoint, Flow] =>
    release.cluster === controlPlane.cluster
      ? [coderd, tcp(PORTS.http)]
      : [INTERNET, tcp(webPort(spec.accessUrl))];
  return [
    ...frontFlows(look),
    ...provisioners.flatMap((release): NamedFlow[] => {
      const pod = podOf('coder-provisioner', release);
      return [
        [
          `provisioners in ${placeOf(release)} to the control plane`,
          pod,
          ...control(release),
        ],
        [
          `provisioners in ${placeOf(release)} to the Kubernetes API`,
          pod,
          INSIDE,
          tcp(PORTS.kubernetesApi),
        ],
      ];
    }),
    ...proxies.flatMap((release): NamedFlow[] => {
      const pod = podOf('coder', release);
      return [
        [
          `the proxy in ${release.region} to the control plane`,
          pod,
          ...control(release),
        ],
        [
          `users to the proxy in ${release.region}`,
          INTERNET,
          pod,
          tcp(PORTS.http),
        ],
      ];
    }),
    ...databaseFlows(plan, spec.database.type, job('backup')),
    [
      'the bootstrap Job to the control plane',
      job('bootstrap'),
      coderd,
      tcp(PORTS.http),
    ],
    [
      'the bootstrap Job to the Kubernetes API',
      job('bootstrap'),
      INSIDE,
      tcp(PORTS.kubernetesApi),
    ],
  ];
}

/**
 * Coder checks its own access URL, and builds call it. What is in front may be in the same cluster: then the packet
 * ends at its pod, on a port of its own, or at one of Coder's.
 */
function frontFlows({ plan, spec }: Look): NamedFlow[] {
  const { controlPlane, provisioners, proxies } = plan;
  const coderd = podOf('coder', controlPlane);
  if (!isFronted(spec)) {
    return [
      ['the control plane to its access URL', coderd, coderd, tcp(PORTS.https)],
    ];
  }
  const gateway: Endpoint = {
    kind: 'pod',
    namespace: 'gateway',
    namespaceLabels: { [GATEWAY_NAMESPACE_LABEL]: 'true' },
    labels: {},
  };
  return [
    ['the control plane', coderd] as const,
    ...provisioners.map(
      release =>
        [
          `provisioners in ${placeOf(release)}`,
          podOf('coder-provisioner', release),
        ] as const,
    ),
    ...proxies.map(
      release =>
        [`the proxy in ${release.region}`, podOf('coder', release)] as const,
    ),
  ].map(([who, from]) => [
    `${who} to the access URL`,
    from,
    gateway,
    tcp(GATEWAY_PORT),
  ]);
}

function databaseFlows(
  { controlPlane }: Plan,
  type: string,
  backupJob: Endpoint,
): NamedFlow[] {
  if (type !== 'cloudnative-pg') {
    return [
      ['the backup job to PostgreSQL', backupJob, INSIDE, tcp(PORTS.postgres)],
    ];
  }
  const instance: Endpoint = {
    kind: 'pod',
    namespace: controlPlane.namespace,
    labels: { [CNPG_CLUSTER_LABEL]: CNPG_CLUSTER },
  };
  return [
    [
      'the control plane to the database cluster',
      podOf('coder', controlPlane),
      instance,
      tcp(PORTS.postgres),
    ],
    [
      'the backup job to the database cluster',
      backupJob,
      instance,
      tcp(PORTS.postgres),
    ],
    [
      'instances of the database cluster to each other',
      instance,
      instance,
      tcp(PORTS.postgres),
    ],
    [
      'the operator to the database cluster',
      {
        kind: 'pod',
        namespace: CNPG_OPERATOR_NAMESPACE,
        // A policy may open its namespace by either
        namespaceLabels: { [DATABASE_OPERATOR_NAMESPACE_LABEL]: 'true' },
        labels: {},
      },
      instance,
      tcp(PORTS.cnpgStatus),
    ],
  ];
}

const parts: Rule = {
  id: 'FLT-NET-003',
  chapter: 'networking',
  title: 'Provisioners, proxies and jobs reach what they need',
  origin: 'fleet',
  severity: 'high',
  rationale:
    'A namespace that is closed by default closes backups and builds as well, and that shows at night.',
  remediation:
    'Apply the NetworkPolicies of the repository beside each release and job.',
  url: LINKS.cvaNetworking,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      declaredObjects(look, repository => [
        ...unreadableObjects(repository),
        ...wantedFlows(look).map(flow =>
          flowCheck({
            policies: repository.networkPolicies,
            fact: REPOSITORY,
            flow,
            wanted: 'open',
          }),
        ),
      ]),
      'Every part reaches what it needs',
    ),
};

/** Someone of another namespace. */
const STRANGER: Endpoint = { kind: 'pod', namespace: 'default', labels: {} };

const workspaces: Rule = {
  id: 'FLT-NET-004',
  chapter: 'networking',
  title: 'Nobody calls into workspaces',
  origin: 'fleet',
  severity: 'medium',
  rationale:
    'Workspaces call the control plane by themselves: whoever calls into one is a neighbour who should not.',
  remediation:
    'Apply the NetworkPolicy without ingress in each namespace of workspaces.',
  url: LINKS.cvaNetworking,
  needs: ['spec.plan', REPOSITORY],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge: look =>
    conclude(
      declaredObjects(look, repository => [
        ...unreadableObjects(repository),
        ...workspaceNamespaces(look.plan).map(namespace =>
          closedToWorkspaces({
            policies: repository.networkPolicies,
            subject: `others to the workspaces in ${namespace}`,
            namespace,
            connect: pod => [STRANGER, pod, tcp(PORTS.http)],
          }),
        ),
      ]),
      'Nobody calls into workspaces',
    ),
};

/** @internal */
export const PART_FLOW_RULES: readonly Rule[] = [parts, workspaces];
