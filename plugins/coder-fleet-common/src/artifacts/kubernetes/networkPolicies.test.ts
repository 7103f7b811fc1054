import { parseAllDocuments } from 'yaml';
import { deployment } from '../../__testUtils__/deployments';
import { Endpoint, Flow, canReach } from '../../network/canReach';
import type { NetworkPolicy } from '../../network/networkPolicy';
import { render } from '../render';

const premium = deployment({
  regions: [
    { name: 'eu', cluster: 'shared' },
    {
      name: 'us',
      cluster: 'shared',
      proxy: { accessUrl: 'https://us.aurora.example.com' },
    },
  ],
});
const community = deployment({ edition: 'community' });

function policiesOf(request: typeof premium): NetworkPolicy[] {
  return render(request)
    .filter(({ path }) => path.endsWith('network-policies.yaml'))
    .flatMap(({ content }) =>
      parseAllDocuments(content).map(
        document => document.toJS() as NetworkPolicy,
      ),
    );
}

const pod = (
  namespace: string,
  name: string,
  instance: string,
  namespaceLabels?: Record<string, string>,
): Endpoint => ({
  kind: 'pod',
  namespace,
  namespaceLabels,
  labels: {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': instance,
  },
});

const ends = {
  coderd: pod('coder-aurora', 'coder', 'aurora'),
  provisioner: pod(
    'coder-aurora',
    'coder-provisioner',
    'aurora-provisioners-eu',
  ),
  remoteProvisioner: pod(
    'coder-aurora-provisioners-us',
    'coder-provisioner',
    'aurora-provisioners-us',
  ),
  proxy: pod('coder-aurora-proxy-us', 'coder', 'aurora-proxy-us'),
  workspace: pod('coder-workspaces', 'coder-workspace', 'w1'),
  stranger: pod('shop', 'shop', 'shop'),
  neighbour: pod('coder-aurora', 'debug', 'debug'),
  prometheus: pod('monitoring', 'prometheus', 'main', {
    'coder-fleet.io/monitoring': 'true',
  }),
  gateway: pod('gateways', 'envoy', 'public', {
    'coder-fleet.io/gateway': 'true',
  }),
  dns: pod('kube-system', 'kube-dns', 'kube-dns'),
  kubernetesApi: { kind: 'address', ip: '10.0.0.1' },
  postgres: { kind: 'address', ip: '10.9.8.7' },
  internet: { kind: 'address', ip: '203.0.113.9' },
} satisfies Record<string, Endpoint>;

type End = keyof typeof ends;
const tcp = (port: number): Flow => ({ protocol: 'TCP', port });
const udp = (port: number): Flow => ({ protocol: 'UDP', port });

const open: Array<[string, End, End, Flow]> = [
  ['workspaces to the control plane', 'workspace', 'coderd', tcp(8080)],
  ['the control plane to PostgreSQL', 'coderd', 'postgres', tcp(5432)],
  ['the control plane to Git and packages', 'coderd', 'internet', tcp(443)],
  ['the control plane to Git over SSH', 'coderd', 'internet', tcp(22)],
  ['users to the control plane', 'internet', 'coderd', tcp(8080)],
  ['replica to replica', 'coderd', 'coderd', tcp(8080)],
  ['the control plane to its access URL', 'coderd', 'coderd', tcp(8443)],
  ['provisioners to the control plane', 'provisioner', 'coderd', tcp(8080)],
  ['provisioners elsewhere to it', 'remoteProvisioner', 'coderd', tcp(8080)],
  ['proxies to the control plane', 'proxy', 'coderd', tcp(8080)],
  ['a proxy to its sibling', 'proxy', 'proxy', tcp(8080)],
  ['users to a proxy', 'internet', 'proxy', tcp(8080)],
  ['provisioners to the API', 'provisioner', 'kubernetesApi', tcp(6443)],
  ['provisioners to registries', 'provisioner', 'internet', tcp(443)],
  ['the control plane to DNS', 'coderd', 'dns', udp(53)],
  ['provisioners to DNS', 'provisioner', 'dns', udp(53)],
  ['proxies to DNS over TCP', 'proxy', 'dns', tcp(53)],
  [
    'the control plane to the identity provider',
    'coderd',
    'internet',
    tcp(443),
  ],
  ['the control plane to STUN', 'coderd', 'internet', udp(3478)],
  ['proxies to STUN', 'proxy', 'internet', udp(19302)],
  ['Prometheus to the control plane', 'prometheus', 'coderd', tcp(2112)],
  ['Prometheus to provisioners', 'prometheus', 'provisioner', tcp(2112)],
  ['Prometheus to proxies', 'prometheus', 'proxy', tcp(2112)],
];

const closed: Array<[string, End, End, Flow]> = [
  ['strangers to metrics', 'stranger', 'coderd', tcp(2112)],
  ['the internet to metrics', 'internet', 'coderd', tcp(2112)],
  ['strangers to profiles', 'stranger', 'coderd', tcp(6060)],
  ['strangers to provisioners', 'stranger', 'provisioner', tcp(8080)],
  ['the control plane into provisioners', 'coderd', 'provisioner', tcp(8080)],
  ['the control plane into other services', 'coderd', 'stranger', tcp(8080)],
  [
    'the control plane to the Kubernetes API',
    'coderd',
    'kubernetesApi',
    tcp(6443),
  ],
  ['provisioners to the database', 'provisioner', 'postgres', tcp(5432)],
  ['proxies to the database', 'proxy', 'postgres', tcp(5432)],
  ['proxies into provisioners', 'proxy', 'remoteProvisioner', tcp(8080)],
  [
    'anything to another pod of the namespace',
    'stranger',
    'neighbour',
    tcp(80),
  ],
  ['another pod of the namespace outwards', 'neighbour', 'internet', tcp(443)],
  ['workspaces to metrics', 'workspace', 'coderd', tcp(2112)],
];

describe('NetworkPolicies of a Premium deployment', () => {
  const policies = policiesOf(premium);
  const reach = (from: End, to: End, flow: Flow) =>
    canReach({ policies, from: ends[from], to: ends[to], flow });

  it.each(open)('let %s', (_, from, to, flow) => {
    expect(reach(from, to, flow)).toEqual({ reachable: true, blockedBy: [] });
  });

  it.each(closed)('do not let %s', (_, from, to, flow) => {
    expect(reach(from, to, flow).reachable).toBe(false);
  });

  it('need the rule for replicas: without it they cannot relay', () => {
    const without = policies.map(policy => ({
      ...policy,
      spec: {
        ...policy.spec,
        egress: policy.spec.egress?.filter(
          ({ to }) =>
            !to?.some(peer => peer.podSelector && !peer.namespaceSelector),
        ),
      },
    }));
    expect(
      canReach({
        policies: without,
        from: ends.coderd,
        to: ends.coderd,
        flow: tcp(8080),
      }),
    ).toEqual({
      reachable: false,
      blockedBy: expect.arrayContaining(['default-deny', 'control-plane']),
    });
  });
});

describe('NetworkPolicies with a Gateway or an Ingress controller in front', () => {
  const parts: End[] = ['coderd', 'provisioner', 'proxy', 'remoteProvisioner'];

  it.each(['ingress', 'gateway', 'load-balancer'] as const)(
    'let Coder, provisioners and proxies reach the access URL through it: %s',
    type => {
      const policies = policiesOf(
        deployment({
          regions: premium.spec.regions,
          exposure: {
            type,
            ...(type === 'gateway' && {
              gateway: { name: 'public', namespace: 'gateways' },
            }),
          },
        }),
      );
      for (const from of parts) {
        const reach = (to: End) =>
          canReach({
            policies,
            from: ends[from],
            to: ends[to],
            flow: tcp(10443),
          }).reachable;
        expect([from, reach('gateway')]).toEqual([
          from,
          type !== 'load-balancer',
        ]);
        expect(reach('stranger')).toBe(false);
      }
    },
  );
});

describe('NetworkPolicies of a community deployment', () => {
  it('let the control plane, which builds by itself, reach the Kubernetes API', () => {
    expect(
      canReach({
        policies: policiesOf(community),
        from: ends.coderd,
        to: ends.kubernetesApi,
        flow: tcp(6443),
      }).reachable,
    ).toBe(true);
  });
});
