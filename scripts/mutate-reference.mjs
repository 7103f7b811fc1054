// Changes each number of the reference data in turn and runs the tests that load
// it; lists the changes that no test sees. `npm run mutate:reference`
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { mutantsOf } from './lib/mutants.mjs';
import { root } from './lib/paths.mjs';
import { TestProgram } from './lib/testProgram.mjs';

const source = join(root, 'plugins/coder-fleet-common/src');
const reference = join(source, 'architecture/reference');

/** Files that hold figures from Coder's texts and little else. */
const dataFiles = [
  ...readdirSync(reference)
    .filter(name => /^(?!index\.|types\.).*(?<!\.test)\.ts$/.test(name))
    .map(name => join(reference, name)),
  join(source, 'release/calendar.ts'),
  join(source, 'release/supportWindows.ts'),
  join(source, 'health/codes.ts'),
];

/** Tests that may see them. */
const testFiles = [
  'architecture/reference',
  'architecture',
  'release',
  'health',
]
  .map(folder => join(source, folder))
  .flatMap(folder =>
    readdirSync(folder)
      .filter(name => name.endsWith('.test.ts'))
      .map(name => join(folder, name)),
  );

async function testsOf(program) {
  const tests = [];
  for (const file of testFiles) {
    const start = performance.now();
    const { failure, loaded } = await program.run(file);
    if (failure) {
      throw new Error(
        `${relative(root, file)} fails without any change: ${failure}`,
      );
    }
    tests.push({ file, loaded, duration: performance.now() - start });
  }
  return tests;
}

/** Those that load a file: the ones beside it first, as they see most, then the quick ones. */
function testsFor(file, tests) {
  const apart = test => Number(dirname(test.file) !== dirname(file));
  return tests
    .filter(({ loaded }) => loaded.has(file))
    .sort((a, b) => apart(a) - apart(b) || a.duration - b.duration);
}

async function isSeen(program, tests, file, text) {
  for (const test of tests) {
    const { failure } = await program.run(test.file, new Map([[file, text]]));
    if (failure) {
      return true;
    }
  }
  return false;
}

const begin = Date.now();
const program = new TestProgram();
const tests = await testsOf(program);
const survivors = [];
let count = 0;
for (const file of dataFiles) {
  const mutants = mutantsOf(readFileSync(file, 'utf8'), file);
  const before = survivors.length;
  const able = testsFor(file, tests);
  for (const { line, from, to, text } of mutants) {
    if (!(await isSeen(program, able, file, text))) {
      survivors.push(`${relative(root, file)}:${line}: ${from} → ${to}`);
    }
  }
  count += mutants.length;
  console.log(
    `${relative(root, file)}: ${mutants.length} changes, ${
      survivors.length - before
    } survived`,
  );
}
const seconds = ((Date.now() - begin) / 1000).toFixed(1);
console.log(`${count} changes by ${tests.length} test files in ${seconds} s`);
if (count === 0) {
  throw new Error('No number was found: the data must have moved');
}
if (survivors.length > 0) {
  console.log(`No test sees these:\n${survivors.join('\n')}`);
  process.exitCode = 1;
} else {
  console.log('No survivor.');
}
