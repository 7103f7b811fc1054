import type { Finding } from '../cva/finding';
import { changeLines } from './changeLines';

const finding = (more: Partial<Finding>): Finding => ({
  rule: 'CVA-DB-002',
  chapter: 'database',
  origin: 'cva',
  title: 'The database has a standby',
  severity: 'high',
  verdict: 'fail',
  message: 'It has none',
  evidence: [],
  ...more,
});

describe('changeLines', () => {
  it('shows figures, fields, files and what people wrote', () => {
    expect(
      changeLines({
        figures: [
          { label: 'Users', before: '800', after: '1500' },
          { label: 'Proxies', after: '2' },
        ],
        findings: {
          gained: [finding({ remediation: 'Give it one.' })],
          lost: [finding({ rule: 'CVA-NET-002', title: 'Denied by default' })],
        },
        fields: ['spec.users.expected', 'spec.x\ny'],
        files: [
          { path: 'a.yaml', what: 'added', lines: { added: 3, removed: 0 } },
          { path: 'b.yaml', what: 'changed', lines: { added: 0, removed: 0 } },
          { path: 'c.yaml', what: 'changed' },
          { path: 'd.yaml', what: 'removed', lines: { added: 0, removed: 9 } },
        ],
        handEdits: [{ path: 'c.yaml', what: 'edited' }],
      }),
    ).toEqual([
      'Changes to what is registered',
      'Figure   Registered  Asked for',
      '-------  ----------  ---------',
      'Users    800         1500',
      'Proxies              2',
      'Comes: FAIL CVA-DB-002 (high) The database has a standby: It has none. Give it one.',
      'Goes: CVA-NET-002 Denied by default',
      'Fields that change: spec.users.expected, spec.x\ufffdy',
      'Files that change:',
      '  + a.yaml (+3 -0)',
      '  ~ c.yaml',
      '  - d.yaml (+0 -9)',
      '  ~ 1 more, which only name what they are rendered from',
      'c.yaml was edited by hand',
      'Publishing stops there: bring these edits into coder-deployment.yaml, or set overwriteEdited to lose them',
    ]);
  });

  it('says that nothing changes, and what is not known', () => {
    expect(changeLines({ figures: [], fields: [], handEdits: [] })).toEqual([
      'Changes to what is registered',
      'No figure of the plan changes',
      'What the rules said before could not be compared',
      'No field changes',
      'The present files could not be compared',
    ]);
    expect(
      changeLines(
        {
          figures: [],
          findings: { gained: [], lost: [] },
          fields: [],
          files: [],
          handEdits: [],
        },
        ['spec.note'],
      ),
    ).toEqual([
      'Changes to what is registered',
      'No figure of the plan changes',
      'No finding changes',
      'No field changes',
      'Kept from the present spec: spec.note',
      'No file changes',
    ]);
  });
});
