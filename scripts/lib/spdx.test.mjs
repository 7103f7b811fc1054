import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSpdx, satisfies } from './spdx.mjs';

const ALLOWED = ['MIT', 'Apache-2.0', 'Zlib', 'LGPL-3.0'];
const accepts = id => ALLOWED.includes(id);

for (const [text, expected] of [
  ['MIT', true],
  ['GPL-3.0', false],
  ['(MIT)', true],
  ['MIT OR GPL-3.0-or-later', true],
  ['(GPL-2.0 OR GPL-3.0)', false],
  ['MIT AND Zlib', true],
  ['MIT AND GPL-2.0', false],
  // AND binds closer than OR.
  ['GPL-2.0 AND MIT OR Zlib', true],
  ['Zlib OR MIT AND GPL-2.0', true],
  ['(Zlib OR MIT) AND GPL-2.0', false],
  ['GPL-2.0 AND (MIT OR Zlib)', false],
  ['((MIT AND (Zlib OR X11)))', true],
  ['Apache-2.0 WITH LLVM-exception', true],
  ['GPL-2.0 WITH Classpath-exception-2.0', false],
  ['LGPL-3.0+', true],
  ['GPL-3.0+', false],
  ['LicenseRef-own', false],
]) {
  test(`${text} is ${expected ? '' : 'not '}satisfied`, () => {
    assert.equal(satisfies(parseSpdx(text), accepts), expected);
  });
}

for (const text of [
  '',
  ' ',
  'MIT Zlib',
  'MIT OR',
  'AND MIT',
  'MIT AND OR Zlib',
  '(MIT',
  'MIT)',
  '()',
  'MIT WITH',
  'MIT,Apache2',
  'SEE LICENSE IN LICENSE.md',
  'MIT/X11',
]) {
  test(`"${text}" is no expression`, () => {
    assert.throws(() => parseSpdx(text), /no SPDX expression/);
  });
}
