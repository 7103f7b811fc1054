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
  wrote,
} from '../__testUtils__/cases';
import { goodEvidence, replace, withoutFact } from '../__testUtils__/evidence';
import { ARTIFACT_PATHS } from '../../artifacts/artifact';
import type { PostgresServerEvidence } from '../evidence';
import { DATABASE_RULES } from './database';

const server = (
  part: Partial<PostgresServerEvidence>,
  spec?: Record<string, unknown>,
) => saw('postgres.server', part, spec);
const replicaLatency = (databaseLatencyMs: number) =>
  saw('coderApi.replicas', replicas => ({
    ...replicas,
    items: replicas.items.map(item => ({ ...item, databaseLatencyMs })),
  }));
const usage = (cpu: number, memory: number, io: number) =>
  saw('postgres.utilisation', { cpu, memory, io });
const LARGE = { users: { expected: 3000 } };
const STANDBY = {
  ...LARGE,
  database: { type: 'external', highlyAvailable: true },
};

const ENCRYPTED =
  'CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS\n      valueFrom:\n        secretKeyRef: {name: keys, key: keys}\n    - name: CODER_TELEMETRY_ENABLE';
const encrypted = (cpu: string) => () =>
  goodEvidence({
    edit: files =>
      replace(
        ARTIFACT_PATHS.controlPlaneValues,
        /cpu: 2000m/g,
        `cpu: ${cpu}`,
      )(
        replace(
          ARTIFACT_PATHS.controlPlaneValues,
          'CODER_TELEMETRY_ENABLE',
          ENCRYPTED,
        )(files),
      ),
  });

const cases: RuleCase[] = [
  ['a URL from a Secret', 'CVA-DB-001', 'pass', good],
  [
    'no URL',
    'CVA-DB-001',
    'fail',
    wrote('CODER_PG_CONNECTION_URL', 'CODER_OTHER'),
  ],
  [
    'a URL in plain text',
    'CVA-DB-001',
    'fail',
    wrote(
      /(name: CODER_PG_CONNECTION_URL\n\s+)valueFrom:\n\s+secretKeyRef:\n\s+key: url\n\s+name: coder-db-url/,
      '$1value: x',
    ),
  ],
  [
    'a built-in database in use',
    'CVA-DB-001',
    'fail',
    server({ location: 'built-in' }),
  ],
  ['no Helm values', 'CVA-DB-001', 'unknown', noValues],
  ['the same region and zone', 'CVA-DB-002', 'pass', good],
  ['another zone', 'CVA-DB-002', 'warn', server({ zone: 'z' })],
  ['another region', 'CVA-DB-002', 'fail', server({ region: 'us-east' })],
  [
    'a region that is not known',
    'CVA-DB-002',
    'unknown',
    server({ region: undefined }),
  ],
  ['2 ms', 'CVA-DB-003', 'pass', good],
  ['10 ms from a replica', 'CVA-DB-003', 'fail', replicaLatency(10)],
  [
    '12 ms as the median',
    'CVA-DB-003',
    'fail',
    saw('postgres.latency', { medianMs: 12 }),
  ],
  [
    'no latency',
    'CVA-DB-003',
    'unknown',
    () =>
      withoutFact(
        withoutFact(goodEvidence(), 'postgres.latency'),
        'coderApi.replicas',
        'denied',
      ),
  ],
  ['the size of the plan', 'CVA-DB-004', 'pass', good],
  [
    'the baseline, below the table of the tier',
    'CVA-DB-004',
    'warn',
    server({ vcpu: 2, memoryGB: 8 }),
  ],
  ['one vCPU', 'CVA-DB-004', 'fail', server({ vcpu: 1 })],
  ['4 GB of memory', 'CVA-DB-004', 'fail', server({ memoryGB: 4 })],
  ['511 GB of storage', 'CVA-DB-004', 'fail', server({ storageGB: 511 })],
  [
    // 3,000 users, 1,800 active: 2 and once 2 more
    'less than two cores more for 1,000 active users',
    'CVA-DB-004',
    'fail',
    server({ vcpu: 3 }, LARGE),
  ],
  [
    'two cores more for 1,000 active users',
    'CVA-DB-004',
    'warn',
    server({ vcpu: 4 }, LARGE),
  ],
  [
    'a size that is not known',
    'CVA-DB-004',
    'unknown',
    server({ vcpu: undefined }),
  ],
  ['a standby for 3,000 users', 'CVA-DB-005', 'pass', asked(STANDBY)],
  ['none asked for', 'CVA-DB-005', 'fail', asked(LARGE)],
  [
    'none that runs',
    'CVA-DB-005',
    'fail',
    server({ highlyAvailable: false }, STANDBY),
  ],
  [
    'one that nobody can tell of',
    'CVA-DB-005',
    'unknown',
    server({ highlyAvailable: undefined }, STANDBY),
  ],
  ['800 users', 'CVA-DB-005', 'skip', good],
  ['a core more with encryption', 'CVA-DB-006', 'pass', encrypted('3000m')],
  ['encryption without it', 'CVA-DB-006', 'fail', encrypted('2500m')],
  ['no Helm values', 'CVA-DB-006', 'unknown', noValues],
  ['no encryption', 'CVA-DB-006', 'skip', good],
  ['gp3 with 3,000 IOPS', 'CVA-DB-007', 'pass', good],
  ['gp3 with 2,999 IOPS', 'CVA-DB-007', 'warn', server({ iops: 2999 })],
  [
    'disks that turn',
    'CVA-DB-007',
    'fail',
    server({ storageType: 'pd-standard' }),
  ],
  [
    'disks that are not known',
    'CVA-DB-007',
    'unknown',
    server({ storageType: undefined }),
  ],
  ['a general class', 'CVA-DB-008', 'pass', good],
  [
    'a burstable class',
    'CVA-DB-008',
    'fail',
    server({ instanceClass: 'db.t3.large' }),
  ],
  [
    'a class that is not known',
    'CVA-DB-008',
    'unknown',
    server({ instanceClass: undefined }),
  ],
  ['little in use', 'CVA-DB-009', 'pass', good],
  ['CPU in use', 'CVA-DB-009', 'warn', usage(0.9, 0.5, 0.2)],
  ['memory in use, CPU not', 'CVA-DB-009', 'warn', usage(0.2, 0.9, 0.2)],
  ['disks in use', 'CVA-DB-009', 'warn', usage(0.2, 0.3, 0.9)],
  ['no figures', 'CVA-DB-009', 'unknown', lost('postgres.utilisation')],
  ['16', 'DOC-DB-001', 'pass', good],
  ['13', 'DOC-DB-001', 'pass', server({ version: '13.0' })],
  ['12', 'DOC-DB-001', 'fail', server({ version: '12.22' })],
  [
    'a text that is no version',
    'DOC-DB-001',
    'unknown',
    server({ version: 'newest' }),
  ],
  ['enough connections', 'DOC-DB-002', 'pass', good],
  [
    'most of them in use',
    'DOC-DB-002',
    'warn',
    saw('postgres.connections', { max: 200, used: 161 }),
  ],
  [
    // 3 replicas and one more, 11 each, and 20 %; 3 for superusers and 3 for jobs
    '58 for 59',
    'DOC-DB-002',
    'fail',
    saw('postgres.connections', { max: 58, used: 1 }),
  ],
  [
    '59 for 59',
    'DOC-DB-002',
    'pass',
    saw('postgres.connections', { max: 59, used: 1 }),
  ],
  [
    'enough for the default, not for a larger pool',
    'DOC-DB-002',
    'fail',
    wrote(
      'CODER_TELEMETRY_ENABLE',
      'CODER_PG_CONN_MAX_OPEN\n      value: "60"\n    - name: CODER_TELEMETRY_ENABLE',
    ),
  ],
  ['no figures', 'DOC-DB-002', 'unknown', lost('postgres.connections', 'off')],
  ['no pooler', 'DOC-DB-003', 'pass', good],
  [
    'a pooler in session mode',
    'DOC-DB-003',
    'pass',
    server({ pooler: 'session' }),
  ],
  [
    'a pooler in transaction mode',
    'DOC-DB-003',
    'fail',
    server({ pooler: 'transaction' }),
  ],
  [
    'a pooler that nobody can tell of',
    'DOC-DB-003',
    'unknown',
    server({ pooler: undefined }),
  ],
];

it('says when the health page of Coder hides a slow database', () => {
  expect(findingOf('CVA-DB-003', replicaLatency(12)()).message).toMatch(
    /12 ms, which Coder's health calls ok up to 15 ms/,
  );
});

it.each([
  [usage(0.9, 0.5, 0.2), 'more vCPU'],
  [usage(0.2, 0.9, 0.2), 'more memory'],
  [usage(0.2, 0.3, 0.9), 'faster disks'],
])('names the resource to raise', (evidence, remedy) => {
  expect(findingOf('CVA-DB-009', evidence()).message).toMatch(remedy);
});

describe('database rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(DATABASE_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(DATABASE_RULES, cases)).toEqual([]);
  });
});
