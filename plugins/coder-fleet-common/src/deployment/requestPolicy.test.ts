import { deployment } from '../__testUtils__/deployments';
import { plan } from '../architecture/plan';
import {
  approvalOf,
  parseRequestPolicies,
  requestPolicyProblems,
} from './requestPolicy';

const RETAIL = {
  businessUnit: 'retail',
  tiers: ['1k', '2k'],
  regions: ['eu-west'],
  clusters: ['eu-west-1'],
  databases: ['external', 'rds'],
  versions: '>=2.34.0 <2.37.0',
  maxDeployments: 3,
};
const POLICIES = parseRequestPolicies([RETAIL, { businessUnit: 'payments' }]);

const problems = (
  spec: Record<string, unknown> = {},
  others = 0,
  policies = POLICIES,
) => {
  const asked = deployment(spec);
  return requestPolicyProblems(policies, {
    deployment: asked,
    plan: plan(asked),
    others,
  });
};

it('has nothing against what a unit may ask for', () => {
  expect(problems()).toEqual([]);
  expect(
    problems({ businessUnit: 'payments', users: { expected: 9000 } }),
  ).toEqual([]);
});

it.each<[string, Record<string, unknown>, number, string, RegExp]>([
  [
    'a tier',
    { users: { expected: 5000 } },
    0,
    'spec.users.expected',
    /The tier 10k is not open to retail: choose 1k, 2k/,
  ],
  [
    'a region',
    { regions: [{ name: 'us', cluster: 'eu-west-1' }] },
    0,
    'spec.regions.0.name',
    /The region us/,
  ],
  [
    'a cluster',
    { regions: [{ name: 'eu-west', cluster: 'other' }] },
    0,
    'spec.regions.0.cluster',
    /The cluster other/,
  ],
  [
    'a database',
    { database: { type: 'azure' } },
    0,
    'spec.database.type',
    /choose external, rds/,
  ],
  [
    'a version',
    { release: { version: '2.33.0' } },
    0,
    'spec.release',
    /Version 2\.33\.0 is not open/,
  ],
  ['one too many', {}, 3, 'spec.businessUnit', /has 3 deployments, and may/],
  [
    'anything for a unit without an entry',
    { businessUnit: 'research' },
    0,
    'spec.businessUnit',
    /No requests are taken for the business unit research/,
  ],
])('refuses %s', (_, spec, others, path, message) => {
  expect(problems(spec, others)).toEqual([
    { path, message: expect.stringMatching(message) },
  ]);
});

it('limits nothing where nothing is configured, and all others where "*" is', () => {
  expect(problems({ businessUnit: 'research' }, 99, [])).toEqual([]);
  const any = parseRequestPolicies([{ businessUnit: '*', maxDeployments: 1 }]);
  expect(problems({ businessUnit: 'research' }, 0, any)).toEqual([]);
  expect(problems({ businessUnit: 'research' }, 1, any)).toHaveLength(1);
});

it('asks for the approval of the own entry, else of "*", else for none', () => {
  const policies = parseRequestPolicies([
    { businessUnit: 'retail', approval: 'portal' },
    { businessUnit: 'payments', approval: 'none' },
    { businessUnit: 'media' },
    { businessUnit: '*', approval: 'pull-request' },
  ]);
  const asked = ['retail', 'payments', 'media', 'research'];
  expect(asked.map(unit => approvalOf(policies, unit))).toEqual([
    'portal',
    'none',
    'none',
    'pull-request',
  ]);
  expect(approvalOf(POLICIES, 'retail')).toBe('none');
  expect(approvalOf(POLICIES, 'research')).toBe('none');
  expect(approvalOf([], 'retail')).toBe('none');
});

it('limits nothing by an approval', () => {
  const policies = parseRequestPolicies([
    { businessUnit: 'retail', approval: 'portal' },
  ]);
  expect(problems({}, 99, policies)).toEqual([]);
});

it.each([
  [
    [{ businessUnit: 'a', approval: 'mail' }],
    /coderFleet\.requests\.0\.approval: .*'none' \| 'portal' \| 'pull-request'/,
  ],
  [[{ businessUnit: 'a', tier: '1k' }], /coderFleet\.requests\.0: .*tier/],
  [[{ businessUnit: 'a', tiers: ['5k'] }], /coderFleet\.requests\.0\.tiers\.0/],
  [[{ businessUnit: 'a', versions: 'new' }], /versions must be a range/],
  [[{ businessUnit: 'a' }, { businessUnit: 'a' }], /more than one entry/],
  ['all', /coderFleet\.requests: /],
])('does not take %j for a policy', (config, message) => {
  expect(() => parseRequestPolicies(config)).toThrow(message);
});
