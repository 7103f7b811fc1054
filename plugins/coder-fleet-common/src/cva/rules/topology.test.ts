import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import { ARTIFACT_PATHS } from '../../artifacts/artifact';
import {
  asked,
  attested,
  good,
  lost,
  noValues,
  saw,
  TWO_REGIONS,
  wrote,
} from '../__testUtils__/cases';
import { goodEvidence } from '../__testUtils__/evidence';
import { TOPOLOGY_RULES } from './topology';

const PROXY = ARTIFACT_PATHS.proxyValues('us-east');
const inProxy = (from: string | RegExp, to: string) =>
  wrote(from, to, { path: PROXY, spec: TWO_REGIONS });
const LARGE = { users: { expected: 10_000 } };
const withoutFeatures = saw('coderApi.entitlements', { enabledFeatures: [] });

const cases: RuleCase[] = [
  ['three replicas', 'CVA-TOP-001', 'pass', good],
  [
    'two replicas',
    'CVA-TOP-001',
    'fail',
    wrote('replicaCount: 3', 'replicaCount: 2'),
  ],
  [
    'no count of replicas, which the chart takes for one',
    'CVA-TOP-001',
    'fail',
    wrote(/\n {2}replicaCount: 3/, ''),
  ],
  [
    'a replica that is gone',
    'CVA-TOP-001',
    'fail',
    saw('coderApi.replicas', { healthy: 2 }),
  ],
  [
    'replicas that may not be looked at',
    'CVA-TOP-001',
    'unknown',
    lost('coderApi.replicas', 'denied'),
  ],
  [
    'a count that is no number',
    'CVA-TOP-001',
    'unknown',
    wrote('replicaCount: 3', 'replicaCount: "3"'),
  ],
  ['a server without the feature', 'CVA-TOP-001', 'skip', withoutFeatures],
  [
    'a build without the feature',
    'CVA-TOP-001',
    'skip',
    lost('coderApi.entitlements', 'absent'),
  ],
  [
    'a community request that nothing runs of',
    'CVA-TOP-001',
    'fail',
    () => {
      const { spec, artifacts } = goodEvidence({
        spec: { edition: 'community' },
      });
      return { spec, artifacts };
    },
  ],
  ['somebody who said so', 'CVA-TOP-002', 'pass', good],
  [
    'somebody who said no',
    'CVA-TOP-002',
    'fail',
    attested('own-cluster', 'does not hold'),
  ],
  [
    'a word that is due for review',
    'CVA-TOP-002',
    'unknown',
    attested('own-cluster', 'is old'),
  ],
  [
    'nobody who said so',
    'CVA-TOP-002',
    'unknown',
    attested('own-cluster', 'is missing'),
  ],
  ['two regions', 'CVA-TOP-003', 'pass', asked(TWO_REGIONS)],
  [
    'a proxy that is not declared',
    'CVA-TOP-003',
    'fail',
    () =>
      goodEvidence({
        spec: TWO_REGIONS,
        edit: files => files.filter(({ path }) => path !== PROXY),
      }),
  ],
  [
    'a proxy that is not reached',
    'CVA-TOP-003',
    'fail',
    saw(
      'coderApi.workspaceProxies',
      [{ name: 'us-east', status: 'unreachable' }],
      TWO_REGIONS,
    ),
  ],
  [
    'a repository that cannot be read',
    'CVA-TOP-003',
    'unknown',
    () => {
      const { artifacts, ...rest } = goodEvidence({ spec: TWO_REGIONS });
      return rest;
    },
  ],
  ['one region', 'CVA-TOP-003', 'skip', good],
  [
    'a server without the feature',
    'CVA-TOP-003',
    'skip',
    saw('coderApi.entitlements', { enabledFeatures: [] }, TWO_REGIONS),
  ],
  ['proxies beside the access URL', 'CVA-TOP-004', 'pass', asked(TWO_REGIONS)],
  [
    'a proxy that is not one',
    'CVA-TOP-004',
    'fail',
    inProxy('workspaceProxy: true', 'workspaceProxy: false'),
  ],
  [
    "a proxy with the control plane's address",
    'CVA-TOP-004',
    'fail',
    inProxy('https://us.aurora.example.com', 'https://aurora.example.com'),
  ],
  [
    'a proxy of another control plane',
    'CVA-TOP-004',
    'fail',
    inProxy(
      /(CODER_PRIMARY_ACCESS_URL\n\s+value: )\S+/,
      '$1https://other.example.com',
    ),
  ],
  [
    'an access URL that a proxy answers at',
    'CVA-TOP-004',
    'fail',
    saw('coderApi.reachability', { workspaceProxy: true }),
  ],
  ['no Helm values', 'CVA-TOP-004', 'unknown', noValues],
  ['its own release', 'DOC-TOP-001', 'pass', good],
  [
    'its own release, written as an expression',
    'DOC-TOP-001',
    'pass',
    wrote(
      /matchLabels:\n(\s+)app.kubernetes.io\/instance: aurora\n\s+app.kubernetes.io\/name: coder\n(\s+)topologyKey: kubernetes.io\/hostname/,
      'matchExpressions:\n$1- key: app.kubernetes.io/instance\n$1  operator: In\n$1  values: [aurora]\n$2topologyKey: kubernetes.io/hostname',
    ),
  ],
  [
    'another release in the anti-affinity',
    'DOC-TOP-001',
    'fail',
    wrote(/instance: aurora/g, 'instance: coder'),
  ],
  ['no Helm values', 'DOC-TOP-001', 'unknown', noValues],
  ['replicas in one region', 'DOC-TOP-002', 'pass', good],
  [
    'a second control plane in the repository',
    'DOC-TOP-002',
    'fail',
    inProxy('workspaceProxy: true', 'workspaceProxy: false'),
  ],
  [
    'a replica elsewhere',
    'DOC-TOP-002',
    'fail',
    saw('kubernetes.pods', pods =>
      pods.map((pod, i) => (i === 0 ? { ...pod, region: 'us-east' } : pod)),
    ),
  ],
  [
    'a replica whose region is not known',
    'DOC-TOP-002',
    'unknown',
    saw('kubernetes.pods', pods => pods.map(({ region, ...pod }) => pod)),
  ],
  ['three zones', 'DOC-TOP-003', 'pass', good],
  [
    'one zone',
    'DOC-TOP-003',
    'fail',
    saw('kubernetes.pods', pods => pods.map(pod => ({ ...pod, zone: 'a' }))),
  ],
  [
    'nothing that spreads them',
    'DOC-TOP-003',
    'fail',
    wrote(/topology.kubernetes.io\/zone/, 'kubernetes.io/hostname'),
  ],
  [
    'zones that are not known',
    'DOC-TOP-003',
    'unknown',
    saw('kubernetes.pods', pods => pods.map(({ zone, ...pod }) => pod)),
  ],
  ['one replica', 'DOC-TOP-003', 'skip', asked({ edition: 'community' })],
  ['three replicas', 'DOC-TOP-004', 'pass', good],
  ['ten in the 10k tier', 'DOC-TOP-004', 'pass', asked(LARGE)],
  [
    'ten in the 1k tier',
    'DOC-TOP-004',
    'warn',
    wrote('replicaCount: 3', 'replicaCount: 10'),
  ],
  [
    'ten that run in the 1k tier',
    'DOC-TOP-004',
    'warn',
    saw('coderApi.replicas', { total: 10 }),
  ],
  ['no Helm values', 'DOC-TOP-004', 'unknown', noValues],
];

describe('topology rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(TOPOLOGY_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(TOPOLOGY_RULES, cases)).toEqual([]);
  });

  it('show both sources where ten replicas are the table’s figure', () => {
    const { evidence } = findingOf('DOC-TOP-004', asked(LARGE)());
    expect(evidence[0].wanted).toMatch(/10k tier.*scale Coder/);
  });
});
