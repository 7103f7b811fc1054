import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import {
  attested,
  good,
  lost,
  noValues,
  saw,
  wrote,
} from '../__testUtils__/cases';
import { ARTIFACT_PATHS } from '../../artifacts/artifact';
import type { FactPath, StatementId } from '../evidence';
import { withoutFact } from '../__testUtils__/evidence';
import { OBSERVABILITY_RULES } from './observability';

const neither = (path: FactPath, statement: StatementId) => () =>
  withoutFact(attested(statement, 'is missing')(), path);
const saidNo = (path: FactPath, statement: StatementId) => () =>
  withoutFact(attested(statement, 'does not hold')(), path);

const cases: RuleCase[] = [
  ['on', 'CVA-OBS-001', 'pass', good],
  [
    'a 1, which the chart does not take',
    'CVA-OBS-001',
    'fail',
    wrote(/(CODER_PROMETHEUS_ENABLE\n\s+value: )"true"/, '$1"1"'),
  ],
  [
    'off on provisioners',
    'CVA-OBS-001',
    'fail',
    wrote(/(CODER_PROMETHEUS_ENABLE\n\s+value: )"true"/, '$1"false"', {
      path: ARTIFACT_PATHS.provisionersValues('eu-west'),
    }),
  ],
  [
    'off on the server',
    'CVA-OBS-001',
    'fail',
    saw('coderApi.serverOptions', options => ({
      ...options,
      CODER_PROMETHEUS_ENABLE: { value: false, set: false },
    })),
  ],
  ['no Helm values', 'CVA-OBS-001', 'unknown', noValues],
  ['targets that are up', 'CVA-OBS-002', 'pass', good],
  [
    'one that is down',
    'CVA-OBS-002',
    'fail',
    saw('prometheus.targets', targets =>
      targets.map(target => ({ ...target, up: false })),
    ),
  ],
  ['no target', 'CVA-OBS-002', 'fail', saw('prometheus.targets', [])],
  ['no look', 'CVA-OBS-002', 'unknown', lost('prometheus.targets')],
  ['somebody who said so', 'CVA-OBS-003', 'pass', good],
  [
    'the bundle',
    'CVA-OBS-003',
    'pass',
    saw('kubernetes.helmReleases', ([first]) => [
      { ...first, chart: 'coder-observability' },
    ]),
  ],
  [
    'a bundle that failed',
    'CVA-OBS-003',
    'fail',
    saw('kubernetes.helmReleases', ([first]) => [
      { ...first, chart: 'coder-observability', status: 'failed' },
    ]),
  ],
  [
    'neither the bundle nor a word',
    'CVA-OBS-003',
    'unknown',
    attested('observability-stack', 'is missing'),
  ],
  ['alerts on each area', 'CVA-OBS-004', 'pass', good],
  [
    'alerts on one area',
    'CVA-OBS-004',
    'warn',
    saw('prometheus.alertRules', rules => rules.slice(0, 1)),
  ],
  [
    'a word against it instead of a look',
    'CVA-OBS-004',
    'fail',
    saidNo('prometheus.alertRules', 'alerts-reviewed'),
  ],
  [
    'neither a look nor a word',
    'CVA-OBS-004',
    'unknown',
    neither('prometheus.alertRules', 'alerts-reviewed'),
  ],
  ['90 days', 'DOC-OBS-001', 'pass', good],
  [
    '29 days',
    'DOC-OBS-001',
    'fail',
    saw('prometheus.retention', { logsDays: 29 }),
  ],
  [
    'neither a figure nor a word',
    'DOC-OBS-001',
    'unknown',
    neither('prometheus.retention', 'log-retention'),
  ],
  ['200 days', 'DOC-OBS-002', 'pass', good],
  [
    '181 days',
    'DOC-OBS-002',
    'fail',
    saw('prometheus.retention', { metricsDays: 181 }),
  ],
  [
    'neither a figure nor a word',
    'DOC-OBS-002',
    'unknown',
    neither('prometheus.retention', 'metric-retention'),
  ],
];

describe('observability rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(OBSERVABILITY_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(OBSERVABILITY_RULES, cases)).toEqual([]);
  });
});
