import { ARTIFACT_PATHS } from '../../artifacts/artifact';
import {
  goodEvidence,
  replace,
  withoutFact,
  withValue,
} from '../__testUtils__/evidence';
import {
  findingOf,
  RuleCase,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import { TOPOLOGY_RULES } from './topology';

const VALUES = ARTIFACT_PATHS.controlPlaneValues;
const edited = (from: string | RegExp, to: string) => () =>
  goodEvidence({ edit: replace(VALUES, from, to) });

const cases: RuleCase[] = [
  ['three replicas', 'CVA-TOP-001', 'pass', () => goodEvidence()],
  [
    'two replicas',
    'CVA-TOP-001',
    'fail',
    edited('replicaCount: 3', 'replicaCount: 2'),
  ],
  [
    'no count of replicas, which the chart takes for one',
    'CVA-TOP-001',
    'fail',
    edited(/\n {2}replicaCount: 3/, ''),
  ],
  [
    'a replica that is gone',
    'CVA-TOP-001',
    'fail',
    () =>
      withValue(goodEvidence(), 'coderApi.replicas', value => ({
        ...value,
        healthy: 2,
      })),
  ],
  [
    'replicas that may not be looked at',
    'CVA-TOP-001',
    'unknown',
    () => withoutFact(goodEvidence(), 'coderApi.replicas', 'denied'),
  ],
  [
    'values with a count that is no number',
    'CVA-TOP-001',
    'unknown',
    edited('replicaCount: 3', 'replicaCount: "3"'),
  ],
  [
    'a server without the feature',
    'CVA-TOP-001',
    'skip',
    () =>
      withValue(goodEvidence(), 'coderApi.entitlements', value => ({
        ...value,
        enabledFeatures: [],
      })),
  ],
  [
    'a build without the feature',
    'CVA-TOP-001',
    'skip',
    () => withoutFact(goodEvidence(), 'coderApi.entitlements', 'absent'),
  ],
  ['its own release', 'DOC-TOP-001', 'pass', () => goodEvidence()],
  [
    'another release in the anti-affinity',
    'DOC-TOP-001',
    'fail',
    edited(/instance: aurora/g, 'instance: coder'),
  ],
  [
    'no Helm values',
    'DOC-TOP-001',
    'unknown',
    () =>
      goodEvidence({
        edit: files => files.filter(({ path }) => path !== VALUES),
      }),
  ],
];

describe('topology rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(TOPOLOGY_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(TOPOLOGY_RULES, cases)).toEqual([]);
  });
});
