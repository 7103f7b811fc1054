import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import { asked, attested, good, lost, saw } from '../__testUtils__/cases';
import {
  goodEvidence,
  hoursAgo,
  NOW,
  withoutFact,
  withValue,
} from '../__testUtils__/evidence';
import { evaluate } from '../evaluate';
import type { BackupEvidence, Evidence } from '../evidence';
import { RECOVERY_RULES } from './recovery';

const record = (part: Partial<BackupEvidence>): BackupEvidence => ({
  id: 'b',
  engine: 'pg_dump',
  finishedAt: hoursAgo(1),
  outcome: 'succeeded',
  secrets: ['coder-db-url'],
  ...part,
});
const records = (all: BackupEvidence[], spec?: Record<string, unknown>) =>
  saw('backups.records', all, spec);
const versions = (...seen: Array<[string, number]>) =>
  saw(
    'coderApi.versions',
    seen.map(([version, hours]) => ({ version, firstSeenAt: hoursAgo(hours) })),
  );
const WEEKLY = { backup: { schedule: '0 2 * * 0' } };
const runs = (version: string) => saw('coderApi.reachability', { version });
/** The repository of somebody who wrote it by hand. */
const withoutScripts = (evidence: () => Evidence) => () =>
  withValue(evidence(), 'artifacts.repository', repository => ({
    ...repository,
    paths: repository.paths.filter(path => !path.endsWith('.sh')),
  }));
const withScripts = () => {
  const { attestations, ...rest } = goodEvidence();
  return rest;
};

const cases: RuleCase[] = [
  ['a schedule', 'CVA-REC-001', 'pass', good],
  [
    'an engine without one',
    'CVA-REC-001',
    'fail',
    saw('backups.engine', { schedule: undefined }),
  ],
  [
    'an engine that does not answer',
    'CVA-REC-001',
    'unknown',
    lost('backups.engine', 'unreachable'),
  ],
  ['a backup two hours before', 'CVA-REC-002', 'pass', good],
  [
    'the last backup two days before',
    'CVA-REC-002',
    'fail',
    records([record({ finishedAt: hoursAgo(24 * 12) })]),
  ],
  [
    'a backup that failed',
    'CVA-REC-002',
    'fail',
    records([record({ finishedAt: hoursAgo(24 * 10 + 2), outcome: 'failed' })]),
  ],
  ['a backup after it only', 'CVA-REC-002', 'fail', records([record({})])],
  ['no records', 'CVA-REC-002', 'unknown', lost('backups.records')],
  ['no upgrade', 'CVA-REC-002', 'skip', versions(['2.36.5', 24])],
  ['a version that goes up', 'CVA-REC-003', 'pass', good],
  [
    'one that went down',
    'CVA-REC-003',
    'fail',
    versions(['2.37.0', 48], ['2.36.5', 24]),
  ],
  [
    'a request for an older one than runs',
    'CVA-REC-003',
    'fail',
    runs('v2.37.1+abc'),
  ],
  [
    'one that cannot be read',
    'CVA-REC-003',
    'unknown',
    runs('a build of mine'),
  ],
  ['somebody who said so', 'CVA-REC-004', 'pass', withoutScripts(good)],
  ['scripts in the repository', 'CVA-REC-004', 'pass', withScripts],
  [
    'somebody who said no',
    'CVA-REC-004',
    'fail',
    withoutScripts(attested('restore-documented', 'does not hold')),
  ],
  [
    'neither scripts nor a word',
    'CVA-REC-004',
    'unknown',
    withoutScripts(attested('restore-documented', 'is missing')),
  ],
  ['the Secrets in the backup', 'DOC-REC-001', 'pass', good],
  [
    'a Secret that is missing',
    'DOC-REC-001',
    'fail',
    records([record({ secrets: [] })]),
  ],
  ['a word instead of records', 'DOC-REC-001', 'pass', lost('backups.records')],
  [
    'neither records nor a word',
    'DOC-REC-001',
    'unknown',
    () =>
      withoutFact(
        attested('backup-secrets-kept', 'is old')(),
        'backups.records',
      ),
  ],
  ['what was asked for', 'FLT-REC-001', 'pass', good],
  [
    'more often and longer',
    'FLT-REC-001',
    'pass',
    saw('backups.engine', { schedule: '0 */6 * * *', retentionDays: 90 }),
  ],
  [
    'less often',
    'FLT-REC-001',
    'fail',
    saw('backups.engine', { schedule: '0 2 * * 0', retentionDays: 30 }),
  ],
  [
    'shorter',
    'FLT-REC-001',
    'fail',
    saw('backups.engine', { retentionDays: 29 }),
  ],
  [
    'a retention that is not known',
    'FLT-REC-001',
    'unknown',
    saw('backups.engine', { retentionDays: undefined }),
  ],
  ['an hour old', 'FLT-REC-002', 'pass', good],
  [
    'two days and an hour old, daily',
    'FLT-REC-002',
    'fail',
    records([record({ finishedAt: hoursAgo(49) })]),
  ],
  [
    'nine days old, weekly',
    'FLT-REC-002',
    'pass',
    records([record({ finishedAt: hoursAgo(9 * 24) })], WEEKLY),
  ],
  [
    'fifteen days old, weekly',
    'FLT-REC-002',
    'fail',
    records([record({ finishedAt: hoursAgo(15 * 24) })], WEEKLY),
  ],
  [
    'a fresh one that failed',
    'FLT-REC-002',
    'fail',
    records([record({ outcome: 'failed' })]),
  ],
  [
    'a fresh one whose checksum is wrong',
    'FLT-REC-002',
    'fail',
    records([record({ verified: false })]),
  ],
  ['none', 'FLT-REC-002', 'fail', records([])],
  ['no reports', 'FLT-REC-002', 'unknown', lost('backups.records', 'off')],
  ['a week ago', 'FLT-REC-003', 'pass', good],
  [
    '91 days ago',
    'FLT-REC-003',
    'fail',
    saw('backups.drills', ([drill]) => [
      { ...drill, finishedAt: hoursAgo(91 * 24) },
    ]),
  ],
  [
    'one that failed after one that did not',
    'FLT-REC-003',
    'fail',
    saw('backups.drills', ([drill]) => [
      drill,
      { ...drill, id: 'later', finishedAt: hoursAgo(2), outcome: 'failed' },
    ]),
  ],
  ['none', 'FLT-REC-003', 'fail', saw('backups.drills', [])],
  ['no reports', 'FLT-REC-003', 'unknown', lost('backups.drills')],
];

it('finds a backup overdue by time alone, at twice its interval', () => {
  const rules = RECOVERY_RULES.filter(({ id }) => id === 'FLT-REC-002');
  const evidence = asked({})();
  const { turnsAt } = evaluate({ evidence, now: NOW, rules });
  expect(turnsAt).toEqual(new Date(Date.parse(hoursAgo(1)) + 48 * 3_600_000));
});

describe('recovery rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(RECOVERY_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(RECOVERY_RULES, cases)).toEqual([]);
  });
});
