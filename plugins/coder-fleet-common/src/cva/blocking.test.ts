import type { Finding } from './finding';
import { blockingFindings, refusedFindings } from './blocking';

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

describe('blockingFindings', () => {
  const waiver = (state: 'active' | 'expired') => ({
    waiver: {
      state,
      id: 'w',
      reason: 'A pilot',
      grantedBy: 'user:default/paula',
      grantedAt: '2026-01-01T00:00:00Z',
      expiresAt: '2026-07-01T00:00:00Z',
    },
  });

  it.each<[Partial<Finding>, boolean]>([
    [{ severity: 'critical', verdict: 'fail' }, true],
    [{ severity: 'high', verdict: 'fail' }, true],
    [{ severity: 'high', verdict: 'fail', ...waiver('expired') }, true],
    [{ severity: 'high', verdict: 'fail', ...waiver('active') }, false],
    [{ severity: 'critical', verdict: 'unknown' }, false],
    [{ severity: 'critical', verdict: 'warn' }, false],
    [{ severity: 'medium', verdict: 'fail' }, false],
  ])('stops a request at %j: %s', (part, blocks) => {
    expect(blockingFindings([finding(part)])).toHaveLength(blocks ? 1 : 0);
  });

  it('is refused where no waiver accepts it', () => {
    expect(
      refusedFindings([
        finding({ rule: 'CVA-DB-001' }),
        finding({ rule: 'CVA-TOP-001', severity: 'high' }),
        finding({ rule: 'CVA-DB-001', verdict: 'pass' }),
      ]).map(({ rule }) => rule),
    ).toEqual(['CVA-DB-001']);
  });
});
