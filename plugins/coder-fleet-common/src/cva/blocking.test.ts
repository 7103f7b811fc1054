import type { Finding } from './finding';
import { blockingFindings } from './blocking';

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
  it.each<[Partial<Finding>, boolean]>([
    [{ severity: 'critical', verdict: 'fail' }, true],
    [{ severity: 'critical', verdict: 'unknown' }, false],
    [{ severity: 'critical', verdict: 'warn' }, false],
    [{ severity: 'high', verdict: 'fail' }, false],
  ])('stops a request at %j: %s', (part, blocks) => {
    expect(blockingFindings([finding(part)])).toHaveLength(blocks ? 1 : 0);
  });
});
