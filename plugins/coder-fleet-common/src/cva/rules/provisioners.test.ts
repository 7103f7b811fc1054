import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import { ARTIFACT_PATHS } from '../../artifacts/artifact';
import {
  asked,
  good,
  lost,
  noValues,
  saw,
  SMALL,
  wrote,
} from '../__testUtils__/cases';
import { goodEvidence } from '../__testUtils__/evidence';
import type { DaemonEvidence } from '../evidence';
import { PROVISIONER_RULES } from './provisioners';

const PROVISIONERS = ARTIFACT_PATHS.provisionersValues('eu-west');
const inProvisioners = (from: string | RegExp, to: string) =>
  wrote(from, to, { path: PROVISIONERS });
const daemons = (
  part: Partial<DaemonEvidence>,
  spec?: Record<string, unknown>,
) =>
  saw(
    'coderApi.provisionerDaemons',
    all => all.map(daemon => ({ ...daemon, ...part })),
    spec,
  );
const notEntitled = saw('coderApi.entitlements', { enabledFeatures: [] });
const unreadable = wrote('replicaCount: 3', 'replicaCount: many');
const small = (): ReturnType<typeof good> => {
  const { spec, artifacts } = goodEvidence({ spec: SMALL });
  return { spec, artifacts };
};

const cases: RuleCase[] = [
  ['none built in', 'CVA-PRV-001', 'pass', good],
  ['a small one with built-in ones', 'CVA-PRV-001', 'pass', small],
  [
    'built-in ones beside external ones',
    'CVA-PRV-001',
    'fail',
    wrote(/(CODER_PROVISIONER_DAEMONS\n\s+value: )"0"/, '$1"3"'),
  ],
  [
    'no number, which is three',
    'CVA-PRV-001',
    'fail',
    wrote('CODER_PROVISIONER_DAEMONS', 'CODER_VERBOSE'),
  ],
  [
    'a daemon that is built in',
    'CVA-PRV-001',
    'fail',
    daemons({ key: 'built-in' }),
  ],
  [
    'daemons that may not be looked at',
    'CVA-PRV-001',
    'unknown',
    lost('coderApi.provisionerDaemons', 'denied'),
  ],
  ['a server without the feature', 'CVA-PRV-001', 'skip', notEntitled],
  ['60 of 60', 'CVA-PRV-002', 'pass', good],
  [
    '59 of 60 declared',
    'CVA-PRV-002',
    'fail',
    inProvisioners('replicaCount: 60', 'replicaCount: 59'),
  ],
  [
    '59 of 60 connected',
    'CVA-PRV-002',
    'fail',
    saw('coderApi.provisionerDaemons', all => all.slice(1)),
  ],
  ['values that cannot be read', 'CVA-PRV-002', 'unknown', unreadable],
  ['a small one that does without', 'CVA-PRV-002', 'skip', small],
  ['a server without the feature', 'CVA-PRV-002', 'skip', notEntitled],
  ['keys', 'DOC-PRV-001', 'pass', good],
  ['a user’s token', 'DOC-PRV-001', 'warn', daemons({ key: 'user-auth' })],
  ['the pre-shared key in use', 'DOC-PRV-001', 'fail', daemons({ key: 'psk' })],
  [
    'the pre-shared key of the chart',
    'DOC-PRV-001',
    'fail',
    inProvisioners(/\n\s+pskSecretName: ""/, ''),
  ],
  [
    'the pre-shared key on the server',
    'DOC-PRV-001',
    'fail',
    wrote('CODER_TELEMETRY_ENABLE', 'CODER_PROVISIONER_DAEMON_PSK'),
  ],
  ['no Helm values', 'DOC-PRV-001', 'unknown', noValues],
  ['a server without the feature', 'DOC-PRV-001', 'skip', notEntitled],
  ['one version', 'DOC-PRV-002', 'pass', good],
  ['another patch', 'DOC-PRV-002', 'pass', daemons({ version: 'v2.36.1' })],
  ['another minor', 'DOC-PRV-002', 'fail', daemons({ version: 'v2.35.7' })],
  [
    'another minor declared',
    'DOC-PRV-002',
    'fail',
    inProvisioners('tag: v2.36.5', 'tag: v2.35.7'),
  ],
  [
    'a server whose version is not known',
    'DOC-PRV-002',
    'unknown',
    lost('coderApi.reachability', 'error'),
  ],
  ['none', 'DOC-PRV-002', 'skip', small],
  ['no tags', 'DOC-PRV-003', 'pass', good],
  [
    'a tag on all that are declared',
    'DOC-PRV-003',
    'fail',
    inProvisioners(
      'provisionerDaemon:',
      'provisionerDaemon:\n  tags:\n    gpu: "true"',
    ),
  ],
  [
    'a tag on all that are connected',
    'DOC-PRV-003',
    'fail',
    daemons({ tags: { gpu: 'true' } }),
  ],
  ['no Helm values', 'DOC-PRV-003', 'unknown', noValues],
  ['a server without the feature', 'DOC-PRV-003', 'skip', notEntitled],
  ['ten minutes', 'DOC-PRV-004', 'pass', good],
  [
    'the default of the chart',
    'DOC-PRV-004',
    'pass',
    inProvisioners(/\n\s+terminationGracePeriodSeconds: 600/, ''),
  ],
  [
    'a minute',
    'DOC-PRV-004',
    'fail',
    inProvisioners('Seconds: 600', 'Seconds: 60'),
  ],
  [
    'pods with a minute',
    'DOC-PRV-004',
    'fail',
    saw('kubernetes.pods', ([pod]) => [
      { ...pod, role: 'provisioner', terminationGracePeriodSeconds: 60 },
    ]),
  ],
  ['no Helm values', 'DOC-PRV-004', 'unknown', noValues],
  ['none', 'DOC-PRV-004', 'skip', small],
];

it.each([
  // The load of the tier's limits, and what its table asks for
  [1000, 60],
  [2000, 120],
  [3000, 180],
  [10_000, 600],
])('asks for the figure of the tier: %d users need %d', (expected, count) => {
  const { evidence } = findingOf(
    'CVA-PRV-002',
    asked({ users: { expected } })(),
  );
  expect(evidence[0].wanted).toBe(`at least ${count}`);
});

describe('provisioner rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(PROVISIONER_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(PROVISIONER_RULES, cases)).toEqual([]);
  });
});
