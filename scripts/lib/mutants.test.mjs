import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutantsOf } from './mutants.mjs';

const changesOf = text =>
  mutantsOf(text, 'data.ts').map(({ line, from, to }) => [line, from, to]);

test('changes each number of the code, up and down in its last digit', () => {
  assert.deepEqual(changesOf('const a = 10_000;\nconst b = [0.06, 0];'), [
    [1, '10_000', '10001'],
    [1, '10_000', '9999'],
    [2, '0.06', '0.07'],
    [2, '0.06', '0.05'],
    [2, '0', '1'],
    [2, '0', '-1'],
  ]);
});

test('changes each number inside strings and templates', () => {
  assert.deepEqual(changesOf("f('db.m6i', '09', `${x}-2`)"), [
    [1, '6', '7'],
    [1, '6', '5'],
    [1, '09', '10'],
    [1, '09', '08'],
    [1, '2', '3'],
    [1, '2', '1'],
  ]);
});

test('changes nothing else of the text', () => {
  const [mutant] = mutantsOf('const a = { b1: 3 }; // 4', 'data.ts');
  assert.equal(mutant.text, 'const a = { b1: 4 }; // 4');
});

test('leaves types, imports and comments alone', () => {
  assert.deepEqual(
    changesOf(
      "import a from './tiers2026';\nexport * from './b2';\ntype T = '1k' | 2;\nconst c: '1k' = x as '2k'; // 3",
    ),
    [],
  );
});
