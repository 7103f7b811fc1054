import type { DeploymentSpec } from '../../deployment/DeploymentSpec';
import { METADATA_ADDRESSES } from '../../network/metadataAddresses';
import type { NetworkPolicy } from '../../network/networkPolicy';
import { BUNDLE } from '../observability/bundle';
import { policy, tcp, TO_DNS } from './policy';
import { PORTS, webPort } from './ports';

/**
 * Addresses at which a pod would get the credentials of its node. Other addresses of the link-local net are needed, so
 * the net is not closed as a whole: NodeLocal DNSCache answers at 169.254.20.10, the metadata server of GKE at
 * 169.254.169.252, EKS Pod Identity at its own.
 *
 * @internal
 */
export const NODE_METADATA: readonly string[] = METADATA_ADDRESSES.filter(
  ({ neededByPods }) => !neededByPods,
).map(({ ip }) => ip);

const isIpv6 = (ip: string) => ip.includes(':');

/**
 * Policies of a namespace of workspaces. What workspaces call is their own affair (Git, registries, clouds), but for
 * the metadata addresses of nodes and the monitoring.
 *
 * @internal
 */
export function workspacePolicies(
  spec: DeploymentSpec,
  namespace: string,
): NetworkPolicy[] {
  return [
    denyIngress(namespace),
    egress(spec, namespace),
    egressIpv6(namespace),
  ];
}

/** Workspaces call; nobody calls them. Source: CVA, networking: no port of a workspace is open. */
function denyIngress(namespace: string): NetworkPolicy {
  return policy(namespace, 'no-ingress', {
    podSelector: {},
    policyTypes: ['Ingress'],
  });
}

/**
 * Some network plugins match pods by a block of addresses, some by labels alone, so both stand here. Where blocks match
 * pods as well, the policy of the monitoring's own namespace closes it.
 * Source: Kubernetes docs, "Network Policies"; Cilium docs, Network Policy, on `ipBlock`.
 */
function egress(spec: DeploymentSpec, namespace: string): NetworkPolicy {
  return policy(namespace, 'egress', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [
          {
            namespaceSelector: {
              matchExpressions: [
                {
                  key: 'kubernetes.io/metadata.name',
                  operator: 'NotIn',
                  values: [BUNDLE.namespace],
                },
              ],
            },
          },
          {
            ipBlock: {
              cidr: '0.0.0.0/0',
              except: NODE_METADATA.filter(ip => !isIpv6(ip)).map(
                ip => `${ip}/32`,
              ),
            },
          },
        ],
      },
      TO_DNS,
      { ports: tcp(...portsOnNodes(spec)) },
    ],
  });
}

/** Apart from IPv4: a plugin that knows no IPv6 drops all of a policy that names an address of it. */
function egressIpv6(namespace: string): NetworkPolicy {
  return policy(namespace, 'egress-ipv6', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [
          {
            ipBlock: {
              cidr: '::/0',
              except: NODE_METADATA.filter(isIpv6).map(ip => `${ip}/128`),
            },
          },
        ],
      },
    ],
  });
}

/**
 * Cilium matches nodes by neither labels nor blocks, and on nodes may listen the resolver, the Kubernetes API and the
 * controller that carries the access URLs: these ports are open to all addresses. Credentials are given at port 80,
 * which is never among them.
 */
function portsOnNodes({ accessUrl, regions }: DeploymentSpec): number[] {
  const urls = [accessUrl, ...regions.map(({ proxy }) => proxy?.accessUrl)];
  return [
    ...new Set([
      PORTS.webTls,
      PORTS.kubernetesApi,
      ...urls.flatMap(url => (url === undefined ? [] : [webPort(url)])),
    ]),
  ].filter(port => port !== PORTS.metadata);
}
