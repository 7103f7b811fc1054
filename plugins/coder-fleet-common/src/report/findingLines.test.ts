import type { Finding } from '../cva/finding';
import { findingLines } from './findingLines';

const finding = (part: Partial<Finding>): Finding => ({
  rule: 'CVA-DB-001',
  chapter: 'database',
  title: 'The database is external',
  severity: 'critical',
  origin: 'cva',
  verdict: 'fail',
  message: 'No connection URL is set',
  evidence: [],
  ...part,
});

describe('findingLines', () => {
  it('counts verdicts, and says each with rule and remedy in words', () => {
    expect(
      findingLines([
        finding({ remediation: 'Set it from a Secret.' }),
        finding({ verdict: 'pass', message: 'It is set' }),
        finding({ verdict: 'unknown' }),
        finding({ verdict: 'pass' }),
      ]).slice(0, 3),
    ).toEqual([
      'Rules checked: 2 pass, 1 fail, 1 unknown',
      'FAIL CVA-DB-001 (critical) The database is external: No connection URL is set. Set it from a Secret.',
      'pass CVA-DB-001 (critical) The database is external: It is set.',
    ]);
  });

  it.each<[Finding['verdict'], string]>([
    ['unknown', 'unknown'],
    ['warn', 'warning'],
    ['skip', 'not applicable'],
  ])('calls %s "%s"', (verdict, word) => {
    const [counts, line] = findingLines([finding({ verdict })]);
    expect(counts).toBe(`Rules checked: 1 ${word}`);
    expect(line.startsWith(`${word} CVA-DB-001 `)).toBe(true);
  });
});
