import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { contentProblems } from './contents.mjs';

const GOOD = [
  'LICENSE',
  'app-config.production.yaml',
  'package.json',
  'packages/backend/dist/index.cjs.js',
  'packages/app/dist/static/main.js',
  // A grammar for the pages, not a test.
  'packages/app/dist/static/language_test.ts.chunk.js',
  'plugins/one/dist/index.cjs.js',
  'templates/a/template.yaml',
  'node_modules/x/src/index.ts',
];

async function put(file, text = '') {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function problemsOf(change) {
  const home = await mkdtemp(join(tmpdir(), 'coder-fleet-contents-'));
  const bundle = join(home, 'bundle');
  try {
    for (const name of GOOD) {
      await put(join(bundle, name));
    }
    await put(join(bundle, 'package-lock.json'), '{"packages": {}}');
    await mkdir(join(bundle, 'node_modules/@coder-fleet'));
    await symlink(
      '../../plugins/one',
      join(bundle, 'node_modules/@coder-fleet/one'),
    );
    await change(bundle, home);
    return await contentProblems(bundle);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

test('a bundle with what production needs has no problem', async () => {
  assert.deepEqual(await problemsOf(() => {}), []);
});

for (const name of [
  'plugins/one/src/index.ts',
  'plugins/one/dist/a.test.cjs.js',
  'plugins/one/dist/index.cjs.js.map',
  'plugins/one/config.d.ts',
  'packages/app/dist/static/main.js.map',
  'node_modules/better-sqlite3/package.json',
  'node_modules/@backstage/cli/package.json',
  '.npmrc',
  'app-config.yaml',
]) {
  test(`${name} is a problem`, async () => {
    const problems = await problemsOf(bundle => put(join(bundle, name)));
    assert.equal(problems.length, 1);
  });
}

test('a link out of the bundle is a problem', async () => {
  const problems = await problemsOf(async (bundle, home) => {
    await mkdir(join(home, 'elsewhere'));
    await symlink(
      '../../../elsewhere',
      join(bundle, 'node_modules/@coder-fleet/two'),
    );
  });
  assert.match(problems.join(), /two leads out of the bundle/);
});

test('a host in the lock file is a problem', async () => {
  const problems = await problemsOf(bundle =>
    put(
      join(bundle, 'package-lock.json'),
      '{ "resolved": "https://example.com/x.tgz" }',
    ),
  );
  assert.deepEqual(problems, ['package-lock.json names hosts']);
});
