import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyClosure, isWorkspace, pruneLock } from './lockfile.mjs';

const LOCK = {
  name: 'all',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { workspaces: ['packages/*'], devDependencies: { tool: '*' } },
    'packages/app': { dependencies: { react: '*' } },
    'packages/backend': {
      dependencies: { app: '*', x: '*' },
      devDependencies: { tool: '*' },
      optionalDependencies: { native: '*', elsewhere: '*' },
    },
    'packages/backend/node_modules/y': { version: '2.0.0' },
    'node_modules/app': { link: true, resolved: 'packages/app' },
    'node_modules/backend': { link: true, resolved: 'packages/backend' },
    'node_modules/native': { version: '1.0.0', optional: true },
    'node_modules/react': { version: '18.0.0' },
    'node_modules/tool': { version: '1.0.0', dev: true },
    'node_modules/x': { version: '1.0.0', dependencies: { '@s/z': '*' } },
    'node_modules/x/node_modules/@s/z': {
      version: '1.0.0',
      dependencies: { y: '*' },
    },
    'node_modules/y': { version: '1.0.0', dependencies: { x: '*' } },
  },
};

const noPages = (entry, location) =>
  location === 'packages/app'
    ? []
    : ['dependencies', 'optionalDependencies'].flatMap(field =>
        Object.keys(entry[field] ?? {}).map(name => ({
          name,
          optional: field !== 'dependencies',
        })),
      );

test('the closure follows links, nested packages and circles', () => {
  const found = dependencyClosure(LOCK, { roots: ['packages/backend'] });
  assert.deepEqual([...found].sort(), [
    'node_modules/app',
    'node_modules/native',
    'node_modules/react',
    'node_modules/x',
    'node_modules/x/node_modules/@s/z',
    // From x, not the one that only the backend sees.
    'node_modules/y',
    'packages/app',
    'packages/backend',
  ]);
});

test('a package is looked for beside the one that needs it first', () => {
  const packages = {
    ...LOCK.packages,
    'packages/backend': { dependencies: { y: '*' } },
  };
  const found = dependencyClosure(
    { packages },
    { roots: ['packages/backend'] },
  );
  assert.deepEqual(
    [...found],
    ['packages/backend', 'packages/backend/node_modules/y'],
  );
});

test('a dependency that the lock file does not have is an error', () => {
  const packages = { 'packages/a': { dependencies: { gone: '*' } } };
  assert.throws(
    () => dependencyClosure({ packages }, { roots: ['packages/a'] }),
    /no gone, which packages\/a needs/,
  );
});

test('a pruned lock file has what is kept, with the staged manifests', () => {
  const keep = dependencyClosure(LOCK, {
    roots: ['packages/backend'],
    dependenciesOf: noPages,
  });
  const pruned = pruneLock(LOCK, {
    keep,
    manifests: {
      '': { name: 'all', workspaces: ['packages/app', 'packages/backend'] },
      'packages/app': { name: 'app', version: '1.0.0', main: 'dist' },
      'packages/backend': { name: 'backend', dependencies: { x: '*' } },
    },
  });
  assert.deepEqual(Object.keys(pruned.packages), [
    '',
    'packages/app',
    'packages/backend',
    'node_modules/app',
    'node_modules/backend',
    'node_modules/native',
    'node_modules/x',
    'node_modules/x/node_modules/@s/z',
    'node_modules/y',
  ]);
  assert.deepEqual(pruned.packages[''], {
    name: 'all',
    workspaces: ['packages/app', 'packages/backend'],
  });
  assert.deepEqual(pruned.packages['packages/app'], {
    name: 'app',
    version: '1.0.0',
  });
  assert.equal(pruned.lockfileVersion, 3);
});

test('workspaces are told apart from packages of others', () => {
  assert.equal(isWorkspace('packages/backend'), true);
  assert.equal(isWorkspace(''), false);
  assert.equal(isWorkspace('node_modules/x'), false);
  assert.equal(isWorkspace('packages/backend/node_modules/y'), false);
});
