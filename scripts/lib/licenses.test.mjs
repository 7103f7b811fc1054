import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkLicences, listDependencies, statedLicence } from './licenses.mjs';
import { root } from './paths.mjs';

const POLICY = {
  allowed: { ids: ['MIT', 'Apache-2.0'] },
  weak: { ids: ['LGPL-3.0-only'] },
  strong: { ids: ['GPL-3.0-only'] },
  exceptions: [],
};

const EXCEPTION = {
  package: 'odd',
  versions: '^1.2.0',
  found: '',
  licence: 'MIT',
  why: 'Its readme says so.',
};

function dependency(found, options) {
  return {
    name: 'odd',
    version: '1.2.3',
    location: 'node_modules/odd',
    found,
    production: true,
    ...options,
  };
}

for (const { found, production, problem } of [
  { found: 'MIT', production: true },
  { found: 'MIT OR GPL-3.0-only', production: true },
  { found: 'MIT AND GPL-3.0-only', production: true, problem: /GPL-3/ },
  { found: 'GPL-3.0-only', production: true, problem: /has GPL-3/ },
  { found: 'GPL-3.0-only', production: false, problem: /has GPL-3/ },
  { found: 'LGPL-3.0-only', production: true, problem: /for production/ },
  { found: 'LGPL-3.0-only', production: false },
  { found: '', production: true, problem: /states no licence/ },
  { found: '', production: false, problem: /states no licence/ },
  { found: 'Own-1.0', production: false, problem: /does not know: Own-1\.0/ },
  { found: 'MIT or so', production: true, problem: /does not know/ },
]) {
  const kind = production ? 'production' : 'development';
  test(`"${found}" in ${kind} is ${problem ? 'a problem' : 'fine'}`, () => {
    const { problems } = checkLicences(
      [dependency(found, { production })],
      POLICY,
    );
    assert.equal(problems.length, problem ? 1 : 0);
    if (problem) {
      assert.match(problems[0], problem);
      assert.match(problems[0], /^odd@1\.2\.3 .*\(node_modules\/odd\)$/);
    }
  });
}

test('weak copyleft of a tool is reported', () => {
  const { remarks } = checkLicences(
    [dependency('LGPL-3.0-only', { production: false })],
    POLICY,
  );
  assert.deepEqual(remarks, ['odd@1.2.3 has LGPL-3.0-only; only a tool']);
});

test('an exception covers its package, its versions and what was found', () => {
  const policy = { ...POLICY, exceptions: [EXCEPTION] };
  assert.deepEqual(checkLicences([dependency('')], policy).problems, []);
  for (const other of [
    dependency('', { version: '2.0.0' }),
    dependency('', { name: 'other' }),
    dependency('GPL-3.0-only'),
  ]) {
    const { problems } = checkLicences([dependency(''), other], policy);
    assert.equal(problems.length, 1);
  }
});

for (const [what, dependencies, exception] of [
  ['whose package is gone', [], {}],
  ['whose package states a good licence now', [dependency('MIT')], {}],
  ['without a reason', [dependency('')], { why: ' ' }],
  ['without a known licence', [dependency('')], { licence: 'Own' }],
]) {
  test(`an exception ${what} is a problem`, () => {
    const { problems } = checkLicences(dependencies, {
      ...POLICY,
      exceptions: [{ ...EXCEPTION, ...exception }],
    });
    assert.equal(problems.length, 1);
    assert.match(problems[0], /^The exception for odd/);
  });
}

test('a licence is read from the field of today and from the older ones', () => {
  assert.equal(statedLicence({ license: 'MIT' }), 'MIT');
  assert.equal(statedLicence({ license: { type: 'MIT' } }), 'MIT');
  assert.equal(statedLicence({ licenses: [{ type: 'MIT' }] }), 'MIT');
  assert.equal(statedLicence({ license: ['MIT', 'ISC'] }), 'MIT AND ISC');
  assert.equal(statedLicence({}), '');
  assert.equal(statedLicence(undefined), '');
});

const LOCK = {
  packages: {
    '': { devDependencies: { jest: '*' } },
    'plugins/one': { dependencies: { a: '*', builder: '*' } },
    'node_modules/one': { link: true, resolved: 'plugins/one' },
    'node_modules/a': { version: '1.0.0', dependencies: { '@s/b': '*' } },
    'node_modules/a/node_modules/@s/b': { version: '2.0.0', license: 'MIT' },
    'node_modules/builder': { version: '1.0.0', license: 'MIT' },
    'node_modules/jest': { version: '3.0.0', license: 'MIT' },
  },
};

test('what a workspace needs is for production, at any depth', () => {
  const asked = [];
  const found = listDependencies(LOCK, {
    tools: [{ workspace: 'plugins/one', package: 'builder' }],
    readManifest: location => {
      asked.push(location);
      return { licenses: [{ type: 'ISC' }] };
    },
  });
  assert.deepEqual(
    found.map(({ name, version, found: licence, production }) => [
      `${name}@${version}`,
      licence,
      production,
    ]),
    [
      ['a@1.0.0', 'ISC', true],
      ['@s/b@2.0.0', 'MIT', true],
      ['builder@1.0.0', 'MIT', false],
      ['jest@3.0.0', 'MIT', false],
    ],
  );
  assert.deepEqual(asked, ['node_modules/a']);
});

test('no licence of the policy is in two lists', async () => {
  const file = join(root, 'scripts/licenses/policy.json');
  const { allowed, weak, strong } = JSON.parse(await readFile(file, 'utf8'));
  const ids = [allowed, weak, strong].flatMap(list => list.ids);
  assert.equal(new Set(ids).size, ids.length);
  for (const { why } of [allowed, weak, strong]) {
    assert.ok(why);
  }
});
