import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DOCUMENT } from './testing.mjs';

const script = fileURLToPath(new URL('../contract.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'contract-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function run(args, env = {}) {
  const { CODER_OPENAPI_FILE: _, ...others } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, ...args],
    { encoding: 'utf8', env: { ...others, ...env } },
  );
  return { status, stdout, stderr };
}

test('without a document it says that it skipped, and succeeds', () => {
  const { status, stdout } = run([]);
  assert.equal(status, 0);
  assert.match(stdout, /^contract: skipped, because no OpenAPI document/);
});

test('a document that cannot be read is a failure', () => {
  const { status, stderr } = run(['--openapi', join(folder, 'none.json')]);
  assert.equal(status, 1);
  assert.match(stderr, /contract: ENOENT/);
});

test('what the document does not say fails, with a line an operation and the sums at the end', () => {
  const file = join(folder, 'other.json');
  writeFileSync(file, JSON.stringify(DOCUMENT));
  const { status, stdout } = run([], { CODER_OPENAPI_FILE: file });
  assert.equal(status, 1);
  assert.match(stdout, /^GET \/api\/v2\/buildinfo +\d+ +\d+ +0 +0 +\d+$/m);
  assert.match(stdout, /^FAILED GET \/api\/v2\/buildinfo: is not documented/m);
  assert.match(stdout, /contract: \d+ checks passed, [1-9]\d* failed\n$/);
});
