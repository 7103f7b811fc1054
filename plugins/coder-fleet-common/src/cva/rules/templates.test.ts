import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import { attested, good, lost, saw } from '../__testUtils__/cases';
import { withoutFact } from '../__testUtils__/evidence';
import type { LintEvidence, TemplateEvidence } from '../evidence';
import { TEMPLATE_RULES } from './templates';

const template = (part: Partial<TemplateEvidence>) =>
  saw('templates.templates', templates =>
    templates.map(item => ({ ...item, ...part })),
  );
const lint = (...found: LintEvidence[]) =>
  saw('templates.templates', templates =>
    templates.map(item => ({
      ...item,
      source: { ...item.source!, lint: found },
    })),
  );
const WARNING: LintEvidence = {
  check: 'anti-affinity',
  severity: 'warning',
  message: 'workspaces may share a node',
};
const ERROR: LintEvidence = {
  check: 'hostPath',
  severity: 'error',
  message: 'mounts its node',
  where: 'main.tf:12',
};

const cases: RuleCase[] = [
  ['an account of its own', 'CVA-TPL-001', 'pass', good],
  [
    'a word instead of a look',
    'CVA-TPL-001',
    'pass',
    lost('templates.administrators', 'denied'),
  ],
  [
    'somebody’s daily account',
    'CVA-TPL-001',
    'fail',
    saw('templates.administrators', ([first]) => [
      { ...first, usesWorkspaces: true },
    ]),
  ],
  [
    'neither a look nor a word',
    'CVA-TPL-001',
    'unknown',
    () =>
      withoutFact(
        attested('dedicated-template-administrators', 'is missing')(),
        'templates.administrators',
      ),
  ],
  ['Git', 'CVA-TPL-002', 'pass', good],
  ['not in Git', 'CVA-TPL-002', 'fail', template({ gitRevision: undefined })],
  [
    'templates that may not be read',
    'CVA-TPL-002',
    'unknown',
    lost('templates.templates', 'denied'),
  ],
  ['no template', 'CVA-TPL-002', 'unknown', saw('templates.templates', [])],
  [
    'deprecated ones only',
    'CVA-TPL-002',
    'unknown',
    template({ deprecated: true, gitRevision: undefined }),
  ],
  ['a pipeline', 'CVA-TPL-003', 'pass', good],
  ['none', 'CVA-TPL-003', 'warn', saw('git.pipelines', [])],
  ['nobody who looked', 'CVA-TPL-003', 'unknown', lost('git.pipelines')],
  ['a decision', 'CVA-TPL-004', 'pass', good],
  [
    'none',
    'CVA-TPL-004',
    'fail',
    attested('automatic-updates-evaluated', 'does not hold'),
  ],
  [
    'an old decision',
    'CVA-TPL-004',
    'unknown',
    attested('automatic-updates-evaluated', 'is old'),
  ],
  ['the commit of Git', 'DOC-TPL-001', 'pass', good],
  ['another', 'DOC-TPL-001', 'warn', template({ activeVersion: 'fff0000' })],
  [
    'no commit to compare with',
    'DOC-TPL-001',
    'unknown',
    template({ gitRevision: undefined }),
  ],
  ['nothing', 'FLT-TPL-001', 'pass', good],
  ['a warning', 'FLT-TPL-001', 'warn', lint(WARNING)],
  ['an error after a warning', 'FLT-TPL-001', 'fail', lint(WARNING, ERROR)],
  [
    'a source that was not looked at',
    'FLT-TPL-001',
    'unknown',
    template({ source: undefined }),
  ],
];

it('says what is wrong with a template, and where', () => {
  expect(findingOf('FLT-TPL-001', lint(ERROR)()).message).toMatch(
    /source of kubernetes: mounts its node \(main.tf:12\)/,
  );
});

describe('template rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(TEMPLATE_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(TEMPLATE_RULES, cases)).toEqual([]);
  });
});
