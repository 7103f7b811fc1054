import { parse, parseAllDocuments } from 'yaml';
import { deployment } from '../../__testUtils__/deployments';
import { canReach, Endpoint, Flow } from '../../network/canReach';
import type { NetworkPolicy } from '../../network/networkPolicy';
import { render } from '../render';

const request = deployment({
  accessUrl: 'https://aurora.example.com:7443',
  regions: [
    { name: 'eu', cluster: 'shared' },
    {
      name: 'us',
      cluster: 'us-1',
      proxy: { accessUrl: 'https://us.aurora.example.com:9443' },
    },
  ],
  observability: { type: 'coder-observability' },
});
const files = render(request);

/** Policies that stand in the cluster of the first region. */
const policies = files
  .filter(
    ({ path }) =>
      path.endsWith('network-policies.yaml') &&
      !path.includes('/observability/us-1/'),
  )
  .flatMap(({ content }) =>
    parseAllDocuments(content).map(
      document => document.toJS() as NetworkPolicy,
    ),
  );

type Pod = Extract<Endpoint, { kind: 'pod' }>;

const pod = (
  namespace: string,
  labels: Record<string, string> = {},
  namespaceLabels?: Record<string, string>,
): Pod => ({ kind: 'pod', namespace, labels, namespaceLabels });
const named = (namespace: string, name: string, instance = name) =>
  pod(namespace, {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': instance,
  });
const address = (ip: string): Endpoint => ({ kind: 'address', ip });
const tcp = (port: number): Flow => ({ protocol: 'TCP', port });
const udp = (port: number): Flow => ({ protocol: 'UDP', port });

const WORKSPACE = pod('coder-aurora-workspaces-eu');
const BUNDLE = 'coder-observability';

const reach = (from: Endpoint, to: Endpoint, flow: Flow, own = policies) =>
  canReach({ policies: own, from, to, flow }).reachable;

/** As plugins see a pod: by its labels alone, or by its address as well. */
const SEEN: Array<[string, (seen: Pod) => Pod]> = [
  ['labels', seen => seen],
  ['labels and address', seen => ({ ...seen, ip: '10.1.2.3' })],
];

describe.each(SEEN)('Workspaces, where pods are seen by %s,', (_, seenAs) => {
  it.each<[string, Pod, Flow]>([
    ['Coder', named('coder-aurora', 'coder', 'aurora'), tcp(8080)],
    ['Coder over TLS', named('coder-aurora', 'coder', 'aurora'), tcp(8443)],
    [
      'a proxy in their cluster',
      named('coder-aurora-proxy-us', 'coder', 'aurora-proxy-us'),
      tcp(8080),
    ],
    ['a Gateway', pod('gateways'), tcp(10443)],
    ['DNS', pod('kube-system', { 'k8s-app': 'kube-dns' }), udp(53)],
    ['a registry in their cluster', pod('registry'), tcp(5000)],
    ['a Git server in their cluster, over SSH', pod('git'), tcp(22)],
  ])('reach %s', (__, to, flow) => {
    expect(reach(WORKSPACE, seenAs(to), flow)).toBe(true);
  });

  it.each<[string, number]>([
    ['grafana', 3000],
    ['prometheus', 9090],
    ['alertmanager', 9093],
    ['loki', 3100],
  ])('do not reach %s of the bundle', (name, port) => {
    const to = seenAs(named(BUNDLE, name));
    expect(reach(WORKSPACE, to, tcp(port))).toBe(false);
  });

  it('do not reach each other', () => {
    expect(reach(WORKSPACE, seenAs(WORKSPACE), tcp(8080))).toBe(false);
  });

  it('are no exception: a stranger does not reach the bundle either', () => {
    const to = seenAs(named(BUNDLE, 'prometheus'));
    expect(reach(pod('default'), to, tcp(9090))).toBe(false);
  });
});

describe('Workspaces', () => {
  it.each<[string, string, Flow]>([
    ['the access URL', '203.0.113.9', tcp(7443)],
    ['a proxy of another cluster', '203.0.113.10', tcp(9443)],
    ['Git over SSH', '203.0.113.11', tcp(22)],
    ['a package registry', '2001:db8::7', tcp(443)],
    ['a plain HTTP mirror', '203.0.113.12', tcp(80)],
    ['STUN', '203.0.113.13', udp(3478)],
    ['NodeLocal DNSCache', '169.254.20.10', udp(53)],
    ['EKS Pod Identity', '169.254.170.23', tcp(80)],
    ['EKS Pod Identity by IPv6', 'fd00:ec2::23', tcp(80)],
    ['the metadata server of GKE', '169.254.169.252', tcp(988)],
    ['DNS of Google Cloud', '169.254.169.254', udp(53)],
    ['DNS of Azure', '168.63.129.16', udp(53)],
  ])('reach %s', (_, ip, flow) => {
    expect(reach(WORKSPACE, address(ip), flow)).toBe(true);
  });

  it.each([
    '169.254.169.254',
    'fd00:ec2::254',
    'fd20:ce::254',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    '169.254.0.23',
    '169.254.42.42',
    'fd00:42::42',
  ])('do not reach %s, where a node gets its credentials', ip => {
    for (const region of ['eu', 'us']) {
      const from = pod(`coder-aurora-workspaces-${region}`);
      expect([region, reach(from, address(ip), tcp(80))]).toEqual([
        region,
        false,
      ]);
    }
  });

  it('do not reach the port at which the agents of Azure fetch secrets', () => {
    expect(reach(WORKSPACE, address('168.63.129.16'), tcp(32526))).toBe(false);
  });

  it('reach what listens on nodes, where neither labels nor blocks match these', () => {
    const withoutPeers = policies.map(policy => ({
      ...policy,
      spec: {
        ...policy.spec,
        egress: policy.spec.egress?.filter(({ to }) => to === undefined),
      },
    }));
    const node = address('10.0.0.7');
    for (const flow of [udp(53), ...[53, 443, 6443, 7443, 9443].map(tcp)]) {
      expect([flow, reach(WORKSPACE, node, flow, withoutPeers)]).toEqual([
        flow,
        true,
      ]);
    }
    expect(reach(WORKSPACE, node, tcp(10250), withoutPeers)).toBe(false);
  });

  it('do not reach the bundle by labels even where its own policies are not there yet', () => {
    const without = policies.filter(
      ({ metadata }) => metadata.namespace !== BUNDLE,
    );
    const to = named(BUNDLE, 'prometheus');
    expect(reach(WORKSPACE, to, tcp(9090), without)).toBe(false);
    expect(reach(WORKSPACE, pod('registry'), tcp(9090), without)).toBe(true);
  });

  it('do not get the metadata address by an access URL at its port', () => {
    const [egress] = render(
      deployment({ accessUrl: 'https://aurora.example.com:80' }),
    )
      .filter(({ path }) =>
        /^kubernetes\/workspaces\/.*network-policies/.test(path),
      )
      .map(({ content }) =>
        parseAllDocuments(content).map(
          document => document.toJS() as NetworkPolicy,
        ),
      );
    const from = pod('coder-aurora-workspaces-eu-west');
    expect(reach(from, address('203.0.113.9'), tcp(80), egress)).toBe(true);
    expect(reach(from, address('169.254.169.254'), tcp(80), egress)).toBe(
      false,
    );
  });

  it('keep their policy of IPv4 where a plugin drops the one of IPv6', () => {
    const ipv4 = policies.filter(
      ({ spec }) => !JSON.stringify(spec).includes('::'),
    );
    expect(ipv4.length).toBeLessThan(policies.length);
    expect(reach(WORKSPACE, address('169.254.169.254'), tcp(80), ipv4)).toBe(
      false,
    );
    expect(reach(WORKSPACE, address('203.0.113.9'), tcp(443), ipv4)).toBe(true);
  });

  it('with the label of the policy in the README reach the metadata address, and no others', () => {
    const readme = files.find(({ path }) => path === 'README.md')!.content;
    const [, text] = /```yaml\n(apiVersion: networking[\s\S]*?)```/.exec(
      readme,
    )!;
    const both = [...policies, parse(text) as NetworkPolicy];
    const metadata = address('169.254.169.254');
    const labelled = { ...WORKSPACE, labels: { YOUR_LABEL: 'true' } };
    expect(reach(labelled, metadata, tcp(80), both)).toBe(true);
    expect(reach(WORKSPACE, metadata, tcp(80), both)).toBe(false);
  });
});

describe('A database in the cluster', () => {
  const operated = render(deployment({ database: { type: 'cloudnative-pg' } }))
    .filter(({ path }) => path.endsWith('network-policies.yaml'))
    .flatMap(({ content }) =>
      parseAllDocuments(content).map(
        document => document.toJS() as NetworkPolicy,
      ),
    );
  const instance = pod('coder-aurora', { 'cnpg.io/cluster': 'coder-database' });
  const coder = named('coder-aurora', 'coder', 'aurora');
  const from = pod('coder-aurora-workspaces-eu-west');

  it('is not reached by workspaces', () => {
    expect(reach(coder, instance, tcp(5432), operated)).toBe(true);
    expect(reach(from, instance, tcp(5432), operated)).toBe(false);
  });

  it('is reached by its operator, in the namespace of its manifests or in one with the label', () => {
    const status = tcp(8000);
    const labels = { 'coder-fleet.io/database-operator': 'true' };
    expect(reach(pod('cnpg-system'), instance, status, operated)).toBe(true);
    expect(
      reach(pod('operators', {}, labels), instance, status, operated),
    ).toBe(true);
    expect(reach(pod('operators'), instance, status, operated)).toBe(false);
  });
});

describe('The namespace of the bundle', () => {
  const gateway = pod('gateways', {}, { 'coder-fleet.io/gateway': 'true' });
  const prometheus = named(BUNDLE, 'prometheus');

  it('has a policy in each cluster', () => {
    expect(
      files
        .map(({ path }) => path)
        .filter(path => /observability\/.*network-policies/.test(path)),
    ).toEqual([
      'kubernetes/observability/shared/network-policies.yaml',
      'kubernetes/observability/us-1/network-policies.yaml',
    ]);
  });

  it('lets its parts reach each other, and Coder be scraped', () => {
    expect(reach(prometheus, named(BUNDLE, 'loki'), tcp(3100))).toBe(true);
    expect(reach(prometheus, named(BUNDLE, 'alertmanager'), tcp(9093))).toBe(
      true,
    );
    expect(
      reach(
        {
          ...prometheus,
          namespaceLabels: { 'coder-fleet.io/monitoring': 'true' },
        },
        named('coder-aurora', 'coder', 'aurora'),
        tcp(2112),
      ),
    ).toBe(true);
    expect(reach(prometheus, address('10.0.0.7'), tcp(9100))).toBe(true);
  });

  it('lets a Gateway reach Grafana alone', () => {
    const port = tcp(3000);
    expect(reach(gateway, named(BUNDLE, 'grafana'), port)).toBe(true);
    expect(reach(gateway, pod(BUNDLE, { app: 'runbook-viewer' }), port)).toBe(
      false,
    );
    expect(reach(gateway, prometheus, tcp(9090))).toBe(false);
    expect(reach(gateway, named(BUNDLE, 'grafana'), tcp(9094))).toBe(false);
    expect(reach(pod('gateways'), named(BUNDLE, 'grafana'), port)).toBe(false);
  });
});
