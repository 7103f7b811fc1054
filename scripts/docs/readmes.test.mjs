import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lib/paths.mjs';

const folders = ['packages', 'plugins'].flatMap(folder =>
  readdirSync(join(root, folder)).map(name => join(folder, name)),
);
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => join('docs', name)),
  ...folders.map(folder => join(folder, 'README.md')),
];
const read = path => readFileSync(join(root, path), 'utf8');
const headings = text =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
/** As GitHub makes them. */
const anchor = heading =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

for (const folder of folders.filter(path => path.startsWith('plugins'))) {
  test(`${folder} says how to install it, who may do what, and what may go wrong`, () => {
    const text = read(join(folder, 'README.md'));
    const found = headings(text).join('\n');
    for (const wanted of [/^Install$/m, /^Troubleshooting$/m]) {
      assert.match(found, wanted);
    }
    assert.match(text, /permission/i);
    assert.match(text, /npm install/);
    if (existsSync(join(root, folder, 'config.d.ts'))) {
      assert.match(found, /^Configuration$/m);
    }
  });
}

test('the frontend is installed in both frontend systems', () => {
  const found = headings(read('plugins/coder-fleet/README.md'));
  assert.ok(found.includes('New frontend system'));
  assert.ok(found.includes('Classic frontend system'));
});

test('every link inside the repository leads somewhere', () => {
  for (const document of documents) {
    for (const [, link] of read(document).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) {
        continue;
      }
      const [path, fragment] = link.split('#');
      const target = path ? join(dirname(document), path) : document;
      assert.ok(existsSync(join(root, target)), `${document}: ${link}`);
      if (fragment && target.endsWith('.md')) {
        assert.ok(
          headings(read(target)).map(anchor).includes(fragment),
          `${document}: ${link} has no such heading`,
        );
      }
    }
  }
});
