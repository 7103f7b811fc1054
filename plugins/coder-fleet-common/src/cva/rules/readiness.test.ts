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
import {
  goodEvidence,
  hoursAgo,
  inDays,
  withoutFact,
} from '../__testUtils__/evidence';
import { isDocumented } from '../serverVariables';
import { READINESS_RULES } from './readiness';

const variable = (name: string) => wrote('CODER_TELEMETRY_ENABLE', name);
const licence = (...ends: string[]) =>
  saw(
    'coderApi.licenses',
    ends.map(expiresAt => ({ expiresAt, trial: false })),
  );
const seats = (actual?: number, limit?: number) =>
  saw('coderApi.entitlements', { seats: { actual, limit } });
const COMMUNITY = { edition: 'community' };
const runs = (version: string) => saw('coderApi.reachability', { version });

const cases: RuleCase[] = [
  ['a repository', 'CVA-RDY-001', 'pass', good],
  ['none', 'CVA-RDY-001', 'unknown', lost('git.repository')],
  ['known names', 'CVA-RDY-002', 'pass', good],
  [
    'a name with a mistake',
    'CVA-RDY-002',
    'warn',
    variable('CODER_TELEMETRIE'),
  ],
  ['no Helm values', 'CVA-RDY-002', 'unknown', noValues],
  ['an exact version', 'DOC-RDY-001', 'pass', good],
  [
    'the chart’s version',
    'DOC-RDY-001',
    'pass',
    wrote(/tag: v2.36.5/, 'tag: ""'),
  ],
  ['latest', 'DOC-RDY-001', 'fail', wrote('tag: v2.36.5', 'tag: latest')],
  [
    'a pod of latest',
    'DOC-RDY-001',
    'fail',
    saw('kubernetes.pods', ([pod]) => [
      { ...pod, image: 'registry.example.com:5000/coder/coder:latest' },
    ]),
  ],
  [
    'a pod without a tag behind a port',
    'DOC-RDY-001',
    'fail',
    saw('kubernetes.pods', ([pod]) => [
      { ...pod, image: 'registry.example.com:5000/coder/coder' },
    ]),
  ],
  [
    'a pod by its digest',
    'DOC-RDY-001',
    'pass',
    saw('kubernetes.pods', ([pod]) => [
      { ...pod, image: `coder/coder@sha256:${'a'.repeat(64)}` },
    ]),
  ],
  ['no Helm values', 'DOC-RDY-001', 'unknown', noValues],
  ['none', 'DOC-RDY-002', 'pass', good],
  [
    'one in the values',
    'DOC-RDY-002',
    'fail',
    wrote(
      /CODER_TELEMETRY_ENABLE\n\s+value: "false"/,
      'CODER_DANGEROUS_ALLOW_PATH_APP_SHARING\n      value: "true"',
    ),
  ],
  [
    'one that is switched off',
    'DOC-RDY-002',
    'pass',
    variable('CODER_DANGEROUS_ALLOW_PATH_APP_SHARING'),
  ],
  [
    'one on the server',
    'DOC-RDY-002',
    'fail',
    saw('coderApi.serverOptions', options => ({
      ...options,
      CODER_DANGEROUS_OIDC_SKIP_ISSUER_CHECKS: { value: true, set: true },
    })),
  ],
  ['no Helm values', 'DOC-RDY-002', 'unknown', noValues],
  ['off', 'DOC-RDY-003', 'pass', good],
  [
    'not set',
    'DOC-RDY-003',
    'fail',
    wrote('CODER_OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE', 'CODER_VERBOSE'),
  ],
  [
    'on the sign-in page',
    'DOC-RDY-003',
    'fail',
    saw('coderApi.authMethods', { gitHubDefaultProvider: true }),
  ],
  [
    'a sign-in page that does not tell',
    'DOC-RDY-003',
    'unknown',
    saw('coderApi.authMethods', { gitHubDefaultProvider: undefined }),
  ],
  ['a release in a channel', 'DOC-REL-001', 'pass', good],
  [
    'an ended release',
    'DOC-REL-001',
    'warn',
    asked({ release: { version: '2.33.0' } }),
  ],
  ['an ended one that runs', 'DOC-REL-001', 'warn', runs('v2.33.0+abc')],
  [
    'a release newer than the calendar',
    'DOC-REL-001',
    'unknown',
    asked({ release: { version: '2.99.0' } }),
  ],
  ['no edits', 'FLT-RDY-001', 'pass', good],
  ['an edit', 'FLT-RDY-001', 'warn', wrote('tag: v2.36.5', 'tag: v2.36.4')],
  ['a file that is gone', 'FLT-RDY-001', 'warn', noValues],
  [
    'no lock',
    'FLT-RDY-001',
    'unknown',
    () =>
      goodEvidence({
        edit: files => files.filter(({ path }) => !path.endsWith('lock.json')),
      }),
  ],
  ['what was declared', 'FLT-RDY-002', 'pass', good],
  ['another version that runs', 'FLT-RDY-002', 'warn', runs('v2.36.4')],
  [
    'another chart',
    'FLT-RDY-002',
    'fail',
    saw('kubernetes.helmReleases', ([first]) => [
      { ...first, chartVersion: '2.36.4' },
    ]),
  ],
  [
    'a release that failed',
    'FLT-RDY-002',
    'fail',
    saw('kubernetes.helmReleases', ([first]) => [
      { ...first, status: 'failed' },
    ]),
  ],
  [
    'a server that does not answer',
    'FLT-RDY-002',
    'unknown',
    lost('coderApi.reachability', 'unreachable'),
  ],
  ['a choice', 'FLT-RDY-003', 'pass', good],
  ['the old name of it', 'FLT-RDY-003', 'pass', variable('CODER_TELEMETRY')],
  ['none', 'FLT-RDY-003', 'warn', variable('CODER_VERBOSE')],
  ['no Helm values', 'FLT-RDY-003', 'unknown', noValues],
  ['200 days', 'FLT-RDY-004', 'pass', good],
  [
    'an old one beside a new one',
    'FLT-RDY-004',
    'pass',
    licence(hoursAgo(1), inDays(31)),
  ],
  ['30 days', 'FLT-RDY-004', 'warn', licence(inDays(30))],
  ['one that ended', 'FLT-RDY-004', 'fail', licence(hoursAgo(1))],
  ['none', 'FLT-RDY-004', 'fail', licence()],
  [
    'a server that has none',
    'FLT-RDY-004',
    'fail',
    saw('coderApi.entitlements', { hasLicense: false }),
  ],
  [
    'licences that may not be read',
    'FLT-RDY-004',
    'unknown',
    lost('coderApi.licenses', 'denied'),
  ],
  ['the community edition', 'FLT-RDY-004', 'skip', asked(COMMUNITY)],
  ['400 of 1,000', 'FLT-RDY-005', 'pass', good],
  ['900 of 1,000', 'FLT-RDY-005', 'warn', seats(900, 1000)],
  ['1,000 of 1,000', 'FLT-RDY-005', 'fail', seats(1000, 1000)],
  ['no count', 'FLT-RDY-005', 'unknown', seats(undefined, 1000)],
  ['no limit', 'FLT-RDY-005', 'unknown', seats(5, 0)],
  ['the community edition', 'FLT-RDY-005', 'skip', asked(COMMUNITY)],
];

it.each([
  ['CODER_ACCESS_URL', true],
  ['CODER_OIDC_CLIENT_ID', true],
  ['CODER_EXTERNAL_AUTH_0_TYPE', true],
  ['CODER_ACESS_URL', false],
  ['HTTP_PROXY', true],
])('%s is documented, or not Coder’s: %s', (name, expected) => {
  expect(isDocumented(name)).toBe(expected);
});

it('knows a licence only where it may look', () => {
  const { verdict, message } = findingOf(
    'FLT-RDY-004',
    withoutFact(goodEvidence(), 'coderApi.licenses', 'off'),
  );
  expect([verdict, message]).toEqual([
    'unknown',
    expect.stringMatching(/needs a token/),
  ]);
});

describe('readiness rules', () => {
  it.each(cases)('judge %s: %s is %s', (_, rule, verdict, evidence) => {
    expect(findingOf(rule, evidence()).verdict).toBe(verdict);
  });

  it('have a case for each verdict, and give no other', () => {
    expect(verdictsWithoutCase(READINESS_RULES, cases)).toEqual([]);
    expect(undeclaredVerdicts(READINESS_RULES, cases)).toEqual([]);
  });
});
