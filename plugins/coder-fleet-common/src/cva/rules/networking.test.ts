import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import {
  asked,
  good,
  lost,
  noValues,
  saw,
  TWO_REGIONS,
  wrote,
} from '../__testUtils__/cases';
import { goodEvidence, replace, withValue } from '../__testUtils__/evidence';
import type { NetworkPolicy } from '../../network/networkPolicy';
import { NETWORKING_RULES } from './networking';

const POLICIES = 'kubernetes/control-plane/network-policies.yaml';
const WORKSPACE_POLICIES =
  'kubernetes/workspaces/eu-west/network-policies.yaml';
const BUNDLED = { observability: { type: 'coder-observability' } };
const IN_BUNDLE = {
  path: 'kubernetes/observability/eu-west-1/network-policies.yaml',
  spec: BUNDLED,
};
const inPolicies = (from: string | RegExp, to: string) =>
  wrote(from, to, { path: POLICIES });

/** The policy that opens what the control plane needs, with another spec. */
const opening = (
  change: (spec: NetworkPolicy['spec']) => NetworkPolicy['spec'],
) =>
  saw('kubernetes.networkPolicies', policies =>
    policies.map(policy =>
      policy.metadata.name === 'control-plane'
        ? { ...policy, spec: change(policy.spec) }
        : policy,
    ),
  );
const withoutEgressTo = (port: number) =>
  opening(spec => ({
    ...spec,
    egress: spec.egress?.filter(({ ports }) =>
      ports?.every(candidate => candidate.port !== port),
    ),
  }));
const option = (name: string, value: string | undefined) =>
  saw('coderApi.serverOptions', options => ({
    ...options,
    [name]: { value, set: value !== undefined },
  }));
const health = (key: string, severity: string, code?: string) =>
  saw('coderApi.health', report => ({
    ...report,
    sections: report.sections.map(section =>
      section.key === key
        ? {
            ...section,
            severity,
            warnings: code ? [{ code, message: 'falls back' }] : [],
          }
        : section,
    ),
  }));
const at = (accessUrl: string) => asked({ accessUrl });

const cases: RuleCase[] = [
  ['what we render', 'CVA-NET-001', 'pass', good],
  [
    'no policy at all',
    'CVA-NET-001',
    'pass',
    saw('kubernetes.networkPolicies', []),
  ],
  ['no way to PostgreSQL', 'CVA-NET-001', 'fail', withoutEgressTo(5432)],
  ['no way to Git', 'CVA-NET-001', 'fail', withoutEgressTo(443)],
  [
    'no way in',
    'CVA-NET-001',
    'fail',
    opening(spec => ({ ...spec, ingress: [] })),
  ],
  [
    'no way in, in the repository',
    'CVA-NET-001',
    'fail',
    inPolicies(/port: 8080/g, 'port: 8081'),
  ],
  [
    'workspaces that do not reach the control plane',
    'CVA-NET-001',
    'fail',
    wrote(/egress:\n[\s\S]*?(?= {2}podSelector)/g, 'egress: []\n', {
      path: WORKSPACE_POLICIES,
    }),
  ],
  [
    'workspaces that do not reach the access URL from another cluster',
    'CVA-NET-001',
    'fail',
    wrote(/egress:\n[\s\S]*?(?= {2}podSelector)/g, 'egress: []\n', {
      path: 'kubernetes/workspaces/us-east/network-policies.yaml',
      spec: TWO_REGIONS,
    }),
  ],
  [
    'workspaces that do not reach the control plane, in the cluster',
    'CVA-NET-001',
    'fail',
    saw('kubernetes.networkPolicies', policies =>
      policies.map(policy =>
        policy.metadata.namespace === 'coder-aurora-workspaces-eu-west'
          ? { ...policy, spec: { ...policy.spec, egress: [] } }
          : policy,
      ),
    ),
  ],
  [
    'a policy that is none',
    'CVA-NET-001',
    'unknown',
    inPolicies(/policyTypes:\n\s+- Ingress/, 'policyTypes:\n    - Sideways'),
  ],
  [
    'a file that is not YAML',
    'CVA-NET-001',
    'unknown',
    inPolicies('kind: NetworkPolicy', 'kind: [NetworkPolicy'),
  ],
  ['a default denial', 'CVA-NET-002', 'pass', good],
  [
    'none in the cluster',
    'CVA-NET-002',
    'fail',
    saw('kubernetes.networkPolicies', []),
  ],
  [
    'one of incoming connections only',
    'CVA-NET-002',
    'fail',
    saw('kubernetes.networkPolicies', policies =>
      policies.map(policy => ({
        ...policy,
        spec: { ...policy.spec, policyTypes: ['Ingress' as const] },
      })),
    ),
  ],
  [
    'a cluster that does not answer',
    'CVA-NET-002',
    'unknown',
    lost('kubernetes.networkPolicies', 'unreachable'),
  ],
  ['no open port', 'CVA-NET-003', 'pass', good],
  [
    'an open port',
    'CVA-NET-003',
    'fail',
    saw('templates.templates', templates =>
      templates.map(item => ({
        ...item,
        source: { ...item.source!, openPorts: [22] },
      })),
    ),
  ],
  [
    'a source that was not looked at',
    'CVA-NET-003',
    'unknown',
    saw('templates.templates', templates =>
      templates.map(({ source, ...item }) => item),
    ),
  ],
  ['replicas that reach each other', 'DOC-NET-001', 'pass', good],
  [
    'a default denial without the relay',
    'DOC-NET-001',
    'fail',
    opening(spec => ({
      ...spec,
      egress: spec.egress?.filter(
        ({ to }) => !to?.some(({ podSelector }) => podSelector),
      ),
    })),
  ],
  [
    'a cluster that may not be looked at',
    'DOC-NET-001',
    'unknown',
    lost('kubernetes.networkPolicies', 'denied'),
  ],
  ['one replica', 'DOC-NET-001', 'skip', asked({ edition: 'community' })],
  ['an external name', 'DOC-NET-002', 'pass', good],
  [
    'a name that each machine takes for itself',
    'DOC-NET-002',
    'warn',
    at('https://aurora.coder.localhost:7443'),
  ],
  ['an address', 'DOC-NET-002', 'warn', at('https://203.0.113.9')],
  [
    'a name of the cluster',
    'DOC-NET-002',
    'fail',
    at('https://coder.aurora.svc.cluster.local'),
  ],
  [
    'another one in the values',
    'DOC-NET-002',
    'fail',
    wrote(/(CODER_ACCESS_URL\n\s+value: )\S+/, '$1https://other.example.com'),
  ],
  [
    'another one on the server',
    'DOC-NET-002',
    'fail',
    option('CODER_ACCESS_URL', 'http://aurora.example.com'),
  ],
  ['no Helm values', 'DOC-NET-002', 'unknown', noValues],
  ['a wildcard host', 'DOC-NET-003', 'pass', good],
  ['none', 'DOC-NET-003', 'warn', asked({ wildcardUrl: undefined })],
  [
    'none on the server',
    'DOC-NET-003',
    'warn',
    option('CODER_WILDCARD_ACCESS_URL', undefined),
  ],
  ['no Helm values', 'DOC-NET-003', 'unknown', noValues],
  ['40 ms and 0.1 % lost', 'DOC-NET-004', 'pass', good],
  [
    '400 ms',
    'DOC-NET-004',
    'warn',
    saw('prometheus.network', { roundTripMs: 400 }),
  ],
  [
    '0.5 % lost',
    'DOC-NET-004',
    'warn',
    saw('prometheus.network', { packetLoss: 0.005 }),
  ],
  [
    'API requests of 300 ms',
    'DOC-NET-004',
    'warn',
    saw('prometheus.apiLatency', { p95Ms: 300 }),
  ],
  [
    'a loss that nobody measured',
    'DOC-NET-004',
    'unknown',
    saw('prometheus.network', { packetLoss: undefined }),
  ],
  ['the chart’s own relay URL', 'DOC-NET-005', 'pass', good],
  [
    'one that leads to a pod',
    'DOC-NET-005',
    'pass',
    option('CODER_DERP_SERVER_RELAY_URL', 'http://10.0.0.7:8080'),
  ],
  [
    'one in the values',
    'DOC-NET-005',
    'fail',
    wrote('CODER_TELEMETRY_ENABLE', 'CODER_DERP_SERVER_RELAY_URL'),
  ],
  [
    'the access URL',
    'DOC-NET-005',
    'fail',
    option('CODER_DERP_SERVER_RELAY_URL', 'https://aurora.example.com'),
  ],
  ['no Helm values', 'DOC-NET-005', 'unknown', noValues],
  ['websockets that pass', 'DOC-NET-006', 'pass', good],
  [
    'relays that fall back',
    'DOC-NET-006',
    'warn',
    health('derp', 'warning', 'EDERP01'),
  ],
  ['a warning', 'DOC-NET-006', 'warn', health('websocket', 'warning')],
  ['an error', 'DOC-NET-006', 'fail', health('websocket', 'error')],
  [
    'a report without that section',
    'DOC-NET-006',
    'unknown',
    saw('coderApi.health', { sections: [] }),
  ],
  ['only what is needed', 'FLT-NET-001', 'pass', good],
  [
    'a port that nobody needs',
    'FLT-NET-001',
    'warn',
    opening(spec => ({
      ...spec,
      egress: [{ ports: [{ protocol: 'TCP', port: 3306 }] }],
    })),
  ],
  [
    'every port',
    'FLT-NET-001',
    'warn',
    opening(spec => ({ ...spec, ingress: [{}] })),
  ],
  [
    'an opening to Gateways where there are none',
    'FLT-NET-001',
    'warn',
    opening(spec => ({
      ...spec,
      egress: [
        {
          to: [
            {
              namespaceSelector: {
                matchLabels: { 'coder-fleet.io/gateway': 'true' },
              },
            },
          ],
          ports: [{ protocol: 'TCP' }],
        },
      ],
    })),
  ],
  [
    'a range of ports',
    'FLT-NET-001',
    'warn',
    opening(spec => ({
      ...spec,
      ingress: [{ ports: [{ port: 8080, endPort: 9090 }] }],
    })),
  ],
  [
    'an opening in the repository',
    'FLT-NET-001',
    'warn',
    inPolicies('port: 2112', 'port: 6060'),
  ],
  ['the bundle as rendered', 'FLT-NET-001', 'pass', asked(BUNDLED)],
  [
    'a database cluster as rendered',
    'FLT-NET-001',
    'pass',
    asked({ database: { type: 'cloudnative-pg' } }),
  ],
  [
    'a bundle that is open to other namespaces',
    'FLT-NET-001',
    'warn',
    wrote('- podSelector: {}', '- namespaceSelector: {}', IN_BUNDLE),
  ],
  [
    'a bundle that is open to addresses',
    'FLT-NET-001',
    'warn',
    wrote('- podSelector: {}', '- ipBlock: { cidr: 10.0.0.0/8 }', IN_BUNDLE),
  ],
  [
    'a Gateway that reaches more than Grafana',
    'FLT-NET-001',
    'warn',
    wrote('port: 3000', 'port: 9090', IN_BUNDLE),
  ],
  [
    'an opening into workspaces',
    'FLT-NET-001',
    'warn',
    wrote(/policyTypes:\n\s+- Ingress\n/, '$&  ingress: [{}]\n', {
      path: WORKSPACE_POLICIES,
    }),
  ],
  [
    'a repository that was not read',
    'FLT-NET-001',
    'unknown',
    lost('artifacts.repository', 'error'),
  ],
];

it('says which opening and which policy', () => {
  const evidence = withValue(
    goodEvidence({ edit: replace(POLICIES, 'port: 2112', 'port: 6060') }),
    'kubernetes.networkPolicies',
    () => [],
  );
  expect(findingOf('FLT-NET-001', evidence).message).toMatch(
    /control-plane: ingress TCP 6060/,
  );
});

it('says of workspaces in other clusters what the repository declares, and nothing of what runs', () => {
  const { evidence } = findingOf('CVA-NET-001', asked(TWO_REGIONS)());
  const factsOf = (region: string) =>
    evidence
      .filter(({ subject }) => subject.includes(`workspaces in ${region}`))
      .map(({ fact }) => fact);
  expect(new Set(factsOf('eu-west'))).toEqual(
    new Set(['artifacts.repository', 'kubernetes.networkPolicies']),
  );
  expect(new Set(factsOf('us-east'))).toEqual(
    new Set(['artifacts.repository']),
  );
});

it('says which policy closes a flow', () => {
  const evidence = withoutEgressTo(5432)();
  expect(findingOf('CVA-NET-001', evidence).message).toMatch(
    /the control plane to PostgreSQL: closed by default-deny, control-plane/,
  );
});

describe('networking rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(NETWORKING_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(NETWORKING_RULES, cases)).toEqual([]);
  });
});
