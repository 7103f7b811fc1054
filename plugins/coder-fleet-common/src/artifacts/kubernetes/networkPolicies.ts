import type { Plan, PlannedRelease } from '../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../deployment/DeploymentSpec';
import type { LabelSelector, NetworkPolicy } from '../../network/networkPolicy';
import {
  type Egress,
  fromPrometheus,
  GATEWAY_NAMESPACE_LABEL,
  type Ingress,
  policy,
  tcp,
  TO_DNS,
  udp,
} from './policy';
import { isFronted } from './exposure';
import { PORTS, webPorts } from './ports';

/** Access URL, identity provider, Git, package and module registries: all over HTTPS. */
const toWeb = (spec: DeploymentSpec): Egress => ({
  ports: tcp(...webPorts(spec)),
});

const TO_STUN: Egress = { ports: udp(PORTS.stun, PORTS.stunGoogle) };

/** @internal */
export const TO_KUBERNETES_API: Egress = {
  ports: tcp(PORTS.webTls, PORTS.kubernetesApi),
};

const FROM_PROMETHEUS = fromPrometheus(PORTS.metrics);

/** Users come through a load balancer: their addresses are those of nodes, of it or their own. */
const FROM_USERS: Ingress = { ports: tcp(PORTS.http, PORTS.https) };

function podsOf(chart: string, { release }: PlannedRelease): LabelSelector {
  return {
    matchLabels: {
      'app.kubernetes.io/name': chart,
      'app.kubernetes.io/instance': release,
    },
  };
}

/**
 * Replicas relay connections of users to each other. A load balancer's address may lead straight to one of them,
 * also their own access URL, and a policy sees where a packet ends, not what it was sent to.
 */
function toSiblings(selector: LabelSelector): Egress {
  return {
    to: [{ podSelector: selector }],
    ports: tcp(PORTS.http, PORTS.https),
  };
}

/** The same with a Gateway or an Ingress controller in front: it listens on ports of its own. */
function toGateways(spec: DeploymentSpec): Egress[] {
  return isFronted(spec)
    ? [
        {
          to: [
            {
              namespaceSelector: {
                matchLabels: { [GATEWAY_NAMESPACE_LABEL]: 'true' },
              },
            },
          ],
          ports: [{ protocol: 'TCP' }],
        },
      ]
    : [];
}

/** @internal */
export function toControlPlane(plan: Plan): Egress {
  return {
    to: [
      {
        namespaceSelector: {
          matchLabels: {
            'kubernetes.io/metadata.name': plan.controlPlane.namespace,
          },
        },
        podSelector: podsOf('coder', plan.controlPlane),
      },
    ],
    ports: tcp(PORTS.http, PORTS.https),
  };
}

/** Closes every pod of a namespace; the other policies open what is needed. */
function defaultDeny(namespace: string): NetworkPolicy {
  return policy(namespace, 'default-deny', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
}

/**
 * The control plane's namespace: the CVA's flows (users and workspaces in; PostgreSQL, Git and
 * packages out), and what Coder needs beside them.
 * Source: CVA, networking; Coder docs, networking and high availability.
 *
 * @internal
 */
export function controlPlanePolicies(
  { spec }: CoderDeployment,
  plan: Plan,
): NetworkPolicy[] {
  const { controlPlane } = plan;
  const { namespace, builtInProvisioners } = controlPlane;
  const selector = podsOf('coder', controlPlane);
  return [
    defaultDeny(namespace),
    policy(namespace, 'control-plane', {
      podSelector: selector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [FROM_USERS, FROM_PROMETHEUS],
      egress: [
        TO_DNS,
        toWeb(spec),
        TO_STUN,
        toSiblings(selector),
        ...toGateways(spec),
        { ports: tcp(PORTS.postgres, PORTS.gitSsh) },
        ...(builtInProvisioners.value > 0 ? [TO_KUBERNETES_API] : []),
      ],
    }),
  ];
}

/**
 * A region's provisioners: control plane, Kubernetes API, registries; nobody calls them but
 * Prometheus. The default denial is the control plane's when they share its namespace.
 *
 * @internal
 */
export function provisionersPolicies(
  { spec }: CoderDeployment,
  plan: Plan,
  provisioners: PlannedRelease,
): NetworkPolicy[] {
  const { namespace } = provisioners;
  return [
    ...(namespace === plan.controlPlane.namespace
      ? []
      : [defaultDeny(namespace)]),
    policy(namespace, 'provisioners', {
      podSelector: podsOf('coder-provisioner', provisioners),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [FROM_PROMETHEUS],
      egress: [
        TO_DNS,
        toWeb(spec),
        TO_KUBERNETES_API,
        toControlPlane(plan),
        ...toGateways(spec),
        { ports: tcp(PORTS.gitSsh) },
      ],
    }),
  ];
}

/**
 * A region's workspace proxy: users in, the control plane and its siblings out.
 *
 * @internal
 */
export function proxyPolicies(
  { spec }: CoderDeployment,
  plan: Plan,
  proxy: PlannedRelease,
): NetworkPolicy[] {
  const selector = podsOf('coder', proxy);
  return [
    defaultDeny(proxy.namespace),
    policy(proxy.namespace, 'workspace-proxy', {
      podSelector: selector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [FROM_USERS, FROM_PROMETHEUS],
      egress: [
        TO_DNS,
        toWeb(spec),
        TO_STUN,
        toControlPlane(plan),
        toSiblings(selector),
        ...toGateways(spec),
      ],
    }),
  ];
}
