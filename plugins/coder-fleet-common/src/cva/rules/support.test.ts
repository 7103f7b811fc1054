import {
  findingOf,
  undeclaredVerdicts,
  verdictsWithoutCase,
} from '../__testUtils__/judge';
import type { RuleCase } from '../__testUtils__/judge';
import {
  asked,
  attested,
  good,
  lost,
  noValues,
  saw,
  wrote,
} from '../__testUtils__/cases';
import type { SupportLinkEvidence } from '../../tracking/facts';
import { SUPPORT_RULES } from './support';

const notEntitled = saw('coderApi.entitlements', { enabledFeatures: [] });
const link = (part: Partial<SupportLinkEvidence>) =>
  saw('coderApi.supportLinks', ([first]) => [{ ...first, ...part }]);

const cases: RuleCase[] = [
  ['links', 'CVA-SUP-001', 'pass', good],
  [
    'none in the values',
    'CVA-SUP-001',
    'warn',
    wrote('CODER_SUPPORT_LINKS', 'CODER_DOCS_URL'),
  ],
  [
    'none on the server',
    'CVA-SUP-001',
    'warn',
    saw('coderApi.supportLinks', []),
  ],
  ['no Helm values', 'CVA-SUP-001', 'unknown', noValues],
  ['a server without the feature', 'CVA-SUP-001', 'skip', notEntitled],
  ['a link that answers', 'CVA-SUP-002', 'pass', good],
  ['a link that moved', 'CVA-SUP-002', 'warn', link({ result: 'moved' })],
  [
    'a link over http',
    'CVA-SUP-002',
    'warn',
    asked({
      supportLinks: [{ name: 'Help', target: 'http://help.example.com' }],
    }),
  ],
  [
    'a link that leads nowhere',
    'CVA-SUP-002',
    'fail',
    link({ result: 'broken' }),
  ],
  [
    'a host that is not there',
    'CVA-SUP-002',
    'fail',
    link({ result: 'unreachable' }),
  ],
  [
    'a target that may not be asked',
    'CVA-SUP-002',
    'unknown',
    link({ result: 'refused' }),
  ],
  [
    'links that nobody checked',
    'CVA-SUP-002',
    'unknown',
    lost('coderApi.supportLinks'),
  ],
  ['no links', 'CVA-SUP-002', 'skip', asked({ supportLinks: [] })],
  ['users who know', 'CVA-SUP-003', 'pass', good],
  [
    'users who do not',
    'CVA-SUP-003',
    'fail',
    attested('support-bundle-published', 'does not hold'),
  ],
  [
    'nobody who said so',
    'CVA-SUP-003',
    'unknown',
    attested('support-bundle-published', 'is missing'),
  ],
  ['own links', 'FLT-SUP-001', 'pass', good],
  [
    'a default that is left',
    'FLT-SUP-001',
    'warn',
    link({
      name: 'Report a bug',
      target: 'https://github.com/coder/coder/issues/new',
    }),
  ],
  [
    'a page of Coder that was asked for',
    'FLT-SUP-001',
    'pass',
    asked({
      supportLinks: [
        { name: 'Guide', target: 'https://coder.com/docs/user-guides' },
      ],
    }),
  ],
  [
    'links that may not be read',
    'FLT-SUP-001',
    'unknown',
    lost('coderApi.supportLinks', 'error'),
  ],
  ['a server without the feature', 'FLT-SUP-001', 'skip', notEntitled],
];

describe('support rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(SUPPORT_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(SUPPORT_RULES, cases)).toEqual([]);
  });
});
