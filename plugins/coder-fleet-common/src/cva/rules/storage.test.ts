import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import { good, lost, noValues, saw, wrote } from '../__testUtils__/cases';
import { STORAGE_RULES } from './storage';

const volumes = (types: string[]) =>
  saw('templates.templates', templates =>
    templates.map(item => ({
      ...item,
      source: { ...item.source!, volumes: types },
    })),
  );
const unseen = saw('templates.templates', templates =>
  templates.map(({ source, ...item }) => item),
);
const pod = (role: 'workspace' | 'control-plane', type: string) =>
  saw('kubernetes.pods', ([first]) => [
    { ...first, role, volumes: [{ name: 'data', type }] },
  ]);

const cases: RuleCase[] = [
  ['a CSI driver', 'CVA-STO-001', 'pass', good],
  [
    'a built-in provisioner of old',
    'CVA-STO-001',
    'fail',
    saw('kubernetes.storageClasses', ([first]) => [
      { ...first, provisioner: 'kubernetes.io/aws-ebs' },
    ]),
  ],
  [
    'no class that workspaces use',
    'CVA-STO-001',
    'unknown',
    saw('kubernetes.storageClasses', ([first]) => [
      { ...first, usedByWorkspaces: false },
    ]),
  ],
  ['claims', 'CVA-STO-002', 'pass', good],
  [
    'every validated type, and what Kubernetes puts in',
    'CVA-STO-002',
    'pass',
    volumes(['persistentVolumeClaim', 'nfs', 'subPath', 'cephfs', 'secret']),
  ],
  ['another type', 'CVA-STO-002', 'warn', volumes(['glusterfs'])],
  ['a source that was not looked at', 'CVA-STO-002', 'unknown', unseen],
  ['claims', 'CVA-STO-003', 'pass', good],
  ['a mount of the node', 'CVA-STO-003', 'fail', volumes(['hostPath'])],
  ['a local volume', 'CVA-STO-003', 'fail', volumes(['local'])],
  [
    'a workspace that mounts its node',
    'CVA-STO-003',
    'fail',
    pod('workspace', 'hostPath'),
  ],
  [
    'templates that may not be read',
    'CVA-STO-003',
    'unknown',
    lost('templates.templates', 'denied'),
  ],
  ['no volume', 'CVA-STO-004', 'pass', good],
  [
    'a Secret as a volume',
    'CVA-STO-004',
    'pass',
    wrote(
      'replicaCount: 3',
      'replicaCount: 3\n  volumes:\n    - name: tls\n      secret: {secretName: tls}',
    ),
  ],
  [
    'a claim in the values',
    'CVA-STO-004',
    'warn',
    wrote(
      'replicaCount: 3',
      'replicaCount: 3\n  volumes:\n    - name: home\n      persistentVolumeClaim: {claimName: home}',
    ),
  ],
  [
    'a claim that runs',
    'CVA-STO-004',
    'warn',
    pod('control-plane', 'persistentVolumeClaim'),
  ],
  ['no Helm values', 'CVA-STO-004', 'unknown', noValues],
];

describe('storage rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(STORAGE_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(STORAGE_RULES, cases)).toEqual([]);
  });
});
