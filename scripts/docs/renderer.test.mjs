import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lib/paths.mjs';

const read = path => readFileSync(join(root, path), 'utf8');

test('the version of the renderer comes first in what its versions change', () => {
  const [, version] = /RENDERER_VERSION = '([^']+)'/.exec(
    read('plugins/coder-fleet-common/src/artifacts/lock.ts'),
  );
  const [, first] = /^## (.*)$/m.exec(read('docs/renderer.md'));
  assert.equal(first, version);
});
