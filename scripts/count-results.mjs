// Prints "passed failed skipped": the sums over the results of all test runners
// that left their results in the folder given.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];

function read(name) {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** node:test, which tests the scripts, only has its summary lines. */
function scripts() {
  const log = read('test.log') ?? '';
  const count = word =>
    Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(log)?.[1] ?? 0);
  return [count('pass'), count('fail'), count('skipped')];
}

function jest() {
  const json = read('jest.json');
  if (!json) {
    return [0, 0, 0];
  }
  const result = JSON.parse(json);
  return [
    result.numPassedTests,
    // A suite that does not even load has no tests that could fail.
    result.numFailedTests + result.numRuntimeErrorTestSuites,
    result.numPendingTests,
  ];
}

function playwright() {
  const json = read('playwright.json');
  if (!json) {
    return [0, 0, 0];
  }
  const { stats } = JSON.parse(json);
  return [stats.expected + stats.flaky, stats.unexpected, stats.skipped];
}

/** The checks of the bundle, from their last line. */
function bundle() {
  const log = read('bundle:test.log') ?? '';
  const counts = /^bundle test: (\d+) passed, (\d+) failed/m.exec(log);
  return [Number(counts?.[1] ?? 0), Number(counts?.[2] ?? 0), 0];
}

const sums = [scripts(), jest(), playwright(), bundle()].reduce((a, b) =>
  a.map((value, index) => value + b[index]),
);
console.log(sums.join(' '));
