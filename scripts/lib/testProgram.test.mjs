import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestProgram } from './testProgram.mjs';

async function withFiles(files, use) {
  const folder = await mkdtemp(join(tmpdir(), 'test-program-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), text);
    }
    return await use(name => join(folder, name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const sum = {
  'data.ts': 'export const TWO: number = 2;',
  'sum.ts':
    "import { TWO } from './data';\nexport const plusTwo = (n: number) => n + TWO;",
  'sum.test.ts':
    "import { plusTwo } from './sum';\ndescribe('sum', () => {\n  it.each([[1, 3], [2, 4]])('adds to %i', (n, all) => { expect(plusTwo(n)).toBe(all); });\n});",
};

test('passes what passes, and says which files were loaded', () =>
  withFiles(sum, async file => {
    const { failure, loaded } = await new TestProgram().run(
      file('sum.test.ts'),
    );
    assert.equal(failure, undefined);
    assert.deepEqual(
      [...loaded].sort(),
      ['data.ts', 'sum.test.ts', 'sum.ts'].map(file),
    );
  }));

test('sees a change below the tested file, and forgets it in the next run', () =>
  withFiles(sum, async file => {
    const program = new TestProgram();
    const change = new Map([[file('data.ts'), 'export const TWO = 3;']]);
    const { failure } = await program.run(file('sum.test.ts'), change);
    assert.match(failure, /toBe/);
    assert.equal((await program.run(file('sum.test.ts'))).failure, undefined);
  }));

test('fails where jest would: asynchronous tests, errors on loading, no test', () =>
  withFiles(
    {
      'later.test.ts':
        "it('waits', async () => { await expect(Promise.resolve(1)).resolves.toBe(2); });",
      'broken.test.ts': "throw new Error('broken');",
      'empty.test.ts': 'export {};',
    },
    async file => {
      const program = new TestProgram();
      const failureOf = async name => (await program.run(file(name))).failure;
      assert.match(await failureOf('later.test.ts'), /toBe/);
      assert.match(await failureOf('broken.test.ts'), /broken/);
      assert.match(await failureOf('empty.test.ts'), /has no test/);
    },
  ));
