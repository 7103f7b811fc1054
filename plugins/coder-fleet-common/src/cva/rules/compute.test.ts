import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import { ARTIFACT_PATHS } from '../../artifacts/artifact';
import {
  attested,
  both,
  good,
  lost,
  noValues,
  saw,
  TWO_REGIONS,
  wrote,
} from '../__testUtils__/cases';
import { goodEvidence, withoutFact } from '../__testUtils__/evidence';
import { COMPUTE_RULES } from './compute';

type Groups = 'control-plane' | 'workspace';
const group = (role: Groups, part: Record<string, unknown>) =>
  saw('kubernetes.nodeGroups', groups =>
    groups.map(item => (item.role === role ? { ...item, ...part } : item)),
  );
const template = (placement: {
  nodeSelector: boolean;
  affinity: boolean;
  tolerations: boolean;
}) =>
  saw('templates.templates', templates =>
    templates.map(item => ({
      ...item,
      source: { ...item.source!, placement },
    })),
  );
const unseen =
  (path: 'kubernetes.nodeGroups') => (evidence: ReturnType<typeof good>) =>
    withoutFact(evidence, path);

const cases: RuleCase[] = [
  ['what was planned', 'CVA-CMP-001', 'pass', good],
  [
    'the same size written otherwise',
    'CVA-CMP-001',
    'pass',
    wrote(/cpu: 2000m\n(\s+)memory: 8Gi/g, 'cpu: 2\n$1memory: 8192Mi'),
  ],
  ['other limits', 'CVA-CMP-001', 'fail', wrote('memory: 8Gi', 'memory: 4Gi')],
  [
    'a proxy of another size',
    'CVA-CMP-001',
    'fail',
    wrote('memory: 8Gi', 'memory: 4Gi', {
      path: ARTIFACT_PATHS.proxyValues('us-east'),
      spec: TWO_REGIONS,
    }),
  ],
  [
    'no provisioners',
    'CVA-CMP-001',
    'fail',
    () =>
      goodEvidence({
        edit: files =>
          files.filter(({ path }) => !path.includes('provisioners')),
      }),
  ],
  [
    'pods of another size',
    'CVA-CMP-001',
    'fail',
    saw('kubernetes.pods', pods =>
      pods.map(pod => ({
        ...pod,
        limits: { cpuMillis: 4000, memoryMiB: 8192 },
      })),
    ),
  ],
  [
    'no pods of the control plane',
    'CVA-CMP-001',
    'unknown',
    saw('kubernetes.pods', []),
  ],
  ['no Helm values', 'CVA-CMP-001', 'unknown', noValues],
  ['two groups', 'CVA-CMP-002', 'pass', good],
  [
    'one group',
    'CVA-CMP-002',
    'fail',
    saw('kubernetes.nodeGroups', groups => groups.slice(0, 1)),
  ],
  [
    'no look at the cluster',
    'CVA-CMP-002',
    'unknown',
    lost('kubernetes.nodeGroups'),
  ],
  ['a fixed group', 'CVA-CMP-003', 'pass', good],
  [
    'an autoscaler that has no choice',
    'CVA-CMP-003',
    'pass',
    group('control-plane', { autoscaling: true, minNodes: 3, maxNodes: 3 }),
  ],
  [
    'a group that scales',
    'CVA-CMP-003',
    'fail',
    group('control-plane', { autoscaling: true, minNodes: 1, maxNodes: 3 }),
  ],
  [
    'a word instead of a look',
    'CVA-CMP-003',
    'pass',
    lost('kubernetes.nodeGroups'),
  ],
  [
    'a word against it instead of a look',
    'CVA-CMP-003',
    'fail',
    both(
      attested('control-plane-node-group-static', 'does not hold'),
      unseen('kubernetes.nodeGroups'),
    ),
  ],
  [
    'neither a look nor a word',
    'CVA-CMP-003',
    'unknown',
    both(
      attested('control-plane-node-group-static', 'is missing'),
      unseen('kubernetes.nodeGroups'),
    ),
  ],
  ['a group that scales', 'CVA-CMP-004', 'pass', good],
  [
    'a group at 85 % of its CPU',
    'CVA-CMP-004',
    'warn',
    saw('kubernetes.nodeUsage', [
      { nodeGroup: 'workspaces', cpu: 0.85, memory: 0.2, maxWorkspacePods: 9 },
    ]),
  ],
  [
    'a fixed group',
    'CVA-CMP-004',
    'fail',
    group('workspace', { autoscaling: false }),
  ],
  [
    'neither a look nor a word',
    'CVA-CMP-004',
    'unknown',
    both(
      attested('workspace-node-group-autoscaling', 'is missing'),
      unseen('kubernetes.nodeGroups'),
    ),
  ],
  ['a selector and a toleration', 'CVA-CMP-005', 'pass', good],
  [
    'a required affinity instead of a selector',
    'CVA-CMP-005',
    'pass',
    wrote(
      /affinity:\n(\s+)podAntiAffinity([^]*?)nodeSelector:\n\s+\S+: control-plane\n/,
      'affinity:\n$1nodeAffinity:\n$1  requiredDuringSchedulingIgnoredDuringExecution:\n$1    nodeSelectorTerms:\n$1      - matchExpressions: []\n$1podAntiAffinity$2',
    ),
  ],
  [
    'no selector',
    'CVA-CMP-005',
    'fail',
    wrote(/nodeSelector:\n\s+\S+: control-plane\n/, ''),
  ],
  [
    'no toleration',
    'CVA-CMP-005',
    'fail',
    wrote(/tolerations:\n(?:\s+-? *(?:effect|key|operator|value): .*\n)+/, ''),
  ],
  ['no Helm values', 'CVA-CMP-005', 'unknown', noValues],
  ['templates that place', 'CVA-CMP-006', 'pass', good],
  [
    'a template without a toleration',
    'CVA-CMP-006',
    'fail',
    template({ nodeSelector: true, affinity: true, tolerations: false }),
  ],
  [
    'a template without a selector',
    'CVA-CMP-006',
    'fail',
    template({ nodeSelector: false, affinity: false, tolerations: true }),
  ],
  [
    'a template whose source was not looked at',
    'CVA-CMP-006',
    'unknown',
    saw('templates.templates', templates =>
      templates.map(({ source, ...item }) => item),
    ),
  ],
  ['general-purpose machines', 'CVA-CMP-007', 'pass', good],
  [
    'burstable machines',
    'CVA-CMP-007',
    'fail',
    group('workspace', { instanceType: 't3.xlarge' }),
  ],
  [
    'machines that are not known',
    'CVA-CMP-007',
    'unknown',
    group('workspace', { instanceType: undefined }),
  ],
  ['20 on a node', 'CVA-CMP-008', 'pass', good],
  ...(
    [
      [256, 'pass'],
      [257, 'fail'],
    ] as const
  ).map(([maxWorkspacePods, verdict]): RuleCase => [
    `${maxWorkspacePods} on a node`,
    'CVA-CMP-008',
    verdict,
    saw('kubernetes.nodeUsage', [
      { nodeGroup: 'workspaces', cpu: 0.5, memory: 0.5, maxWorkspacePods },
    ]),
  ]),
  ['no look', 'CVA-CMP-008', 'unknown', lost('kubernetes.nodeUsage', 'off')],
  ['the annotation', 'DOC-CMP-001', 'pass', good],
  [
    'the annotation on the Deployment only',
    'DOC-CMP-001',
    'fail',
    wrote(/(podAnnotations:\n\s+\S+safe-to-evict: )"false"/, '$1"true"'),
  ],
  [
    'pods without it',
    'DOC-CMP-001',
    'fail',
    saw('kubernetes.pods', pods =>
      pods.map(pod => ({ ...pod, annotations: {} })),
    ),
  ],
  ['no Helm values', 'DOC-CMP-001', 'unknown', noValues],
];

it.each([
  ['t3.large', 'fail'],
  ['db.t4g.medium', 'fail'],
  ['Standard_B2ms', 'fail'],
  ['e2-medium', 'fail'],
  ['m5.xlarge', 'pass'],
  ['Standard_D8s_v5', 'pass'],
  ['n2-standard-8', 'pass'],
  ['t2d-standard-8', 'pass'],
] as const)('%s as a burstable class: %s', (instanceType, verdict) => {
  const evidence = group('workspace', { instanceType })();
  expect(findingOf('CVA-CMP-007', evidence).verdict).toBe(verdict);
});

describe('compute rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(COMPUTE_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(COMPUTE_RULES, cases)).toEqual([]);
  });
});
