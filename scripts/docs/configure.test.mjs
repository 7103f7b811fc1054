import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { loadConfigSchema } from '@backstage/config-loader';
import { parse } from 'yaml';
import { root } from '../lib/paths.mjs';

const OWN = ['coderFleet', 'portal'];
/** Names that are data, not keys: a host, a business unit. */
const ANY = '*';

const packagePaths = ['packages', 'plugins']
  .flatMap(folder => readdirSync(join(root, folder)).map(n => join(folder, n)))
  .filter(folder => existsSync(join(root, folder, 'config.d.ts')));

let schema;
let documents;
before(async () => {
  const all = await loadConfigSchema({
    dependencies: [],
    packagePaths: packagePaths.map(path => join(root, path, 'package.json')),
  });
  // Without those of the packages that ours depend on
  const { schemas: found, ...rest } = all.serialize();
  schema = await loadConfigSchema({
    serialized: {
      ...rest,
      schemas: found.filter(({ path }) =>
        packagePaths.some(own =>
          path.replaceAll('\\', '/').startsWith(`${own}/`),
        ),
      ),
    },
  });
  const text = readFileSync(join(root, 'docs', 'configure.md'), 'utf8');
  documents = [...text.matchAll(/```yaml\n(.*?)```/gs)]
    .map(([, yaml]) => parse(yaml))
    .filter(document => OWN.some(key => key in document));
});

/** A duration is written as a whole: an object of units, or a string. */
const isUnit = key =>
  /^(years|months|weeks|days|hours|minutes|seconds|milliseconds)$/.test(key);

/** Paths of the leaves that a JSON schema describes. */
function leavesOf(node, path = []) {
  if (node.properties && !Object.keys(node.properties).some(isUnit)) {
    return Object.entries(node.properties).flatMap(([key, child]) =>
      leavesOf(child, [...path, key]),
    );
  }
  if (typeof node.additionalProperties === 'object') {
    return leavesOf(node.additionalProperties, [...path, ANY]);
  }
  return node.items ? leavesOf(node.items, path) : [path];
}

/** Whether a value has something at a path, any name standing for `*`. */
function has(value, [key, ...rest]) {
  if (Array.isArray(value)) {
    return value.some(item => has(item, [key, ...rest]));
  }
  if (key === undefined) {
    return value !== undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return key === ANY
    ? Object.values(value).some(child => has(child, rest))
    : has(value[key], rest);
}

const schemas = () => schema.serialize().schemas;
const ownLeaves = () => schemas().flatMap(({ value }) => leavesOf(value));

test('every package with configuration describes it', () => {
  assert.deepEqual(
    schemas()
      .map(({ packageName }) => packageName)
      .sort(),
    packagePaths
      .map(path =>
        JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')),
      )
      .map(({ name }) => name)
      .sort(),
  );
});

test('every key that a package reads stands in the example', () => {
  assert.ok(ownLeaves().length > 10);
  for (const path of ownLeaves()) {
    assert.ok(
      documents.some(document => has(document, path)),
      `docs/configure.md does not show ${path.join('.')}`,
    );
  }
});

test('every own key of the example is read by a package', () => {
  const known = ownLeaves();
  const check = (value, path) => {
    if (Array.isArray(value)) {
      value.forEach(item => check(item, path));
    } else if (typeof value === 'object' && !Object.keys(value).some(isUnit)) {
      Object.entries(value).forEach(([key, child]) =>
        check(child, [...path, key]),
      );
    } else {
      assert.ok(
        known.some(
          leaf =>
            leaf.length === path.length &&
            leaf.every((key, index) => key === ANY || key === path[index]),
        ),
        `no package reads ${path.join('.')}`,
      );
    }
  };
  for (const document of documents) {
    for (const key of OWN.filter(name => name in document)) {
      check(document[key], [key]);
    }
  }
});

test('the examples, and nothing at all, are valid configuration', () => {
  for (const data of [...documents, {}]) {
    schema.process([{ context: 'docs/configure.md', data }]);
  }
  assert.throws(() =>
    schema.process([
      {
        context: 'wrong',
        data: { coderFleet: { outbound: { allow: 'all' } } },
      },
    ]),
  );
});

test('nothing of a token is shown to the browser, and what is shown is a leaf', () => {
  const shown = schema.process(
    documents.map(data => ({ context: 'docs/configure.md', data })),
    { visibility: ['frontend'] },
  );
  const text = JSON.stringify(shown);
  assert.ok(!text.includes('credentials') && !text.includes('outbound'), text);
  // Lists too: a visibility of the list alone would leave it empty
  assert.ok(text.includes('"tiers":["1k","2k"]'), text);
  for (const { value } of schemas()) {
    const look = node => {
      if (node.visibility === undefined) {
        Object.values(node).forEach(
          child => typeof child === 'object' && child !== null && look(child),
        );
        return;
      }
      assert.ok(!node.properties && !node.items, JSON.stringify(node));
    };
    look(value);
    assert.deepEqual(value.required ?? [], []);
  }
});
