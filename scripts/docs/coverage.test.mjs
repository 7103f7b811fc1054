import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lib/paths.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const { RULES } = require('@coder-fleet/backstage-plugin-coder-fleet-common');

const rows = readFileSync(join(root, 'docs', 'cva-coverage.md'), 'utf8')
  .split('\n')
  .filter(line => line.startsWith('|'))
  .slice(2)
  .map(line => {
    const [section, recommendation, rules, why] = line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim());
    return { section, recommendation, rules, why };
  });
const idsOf = ({ rules }) => (rules === 'none' ? [] : rules.split(', '));

test('every rule of the CVA stands in the coverage, and no rule that does not exist', () => {
  const listed = new Set(rows.flatMap(idsOf));
  const known = new Set(RULES.map(({ id }) => id));
  assert.deepEqual(
    [...listed].filter(id => !known.has(id)),
    [],
  );
  assert.deepEqual(
    RULES.filter(({ id, origin }) => origin === 'cva' && !listed.has(id)),
    [],
  );
});

test('every row names rules, or why there is none', () => {
  assert.ok(rows.length > 50);
  for (const row of rows) {
    assert.ok(row.section && row.recommendation, row.recommendation);
    assert.equal(
      idsOf(row).length > 0,
      row.why === '',
      `${row.recommendation}: rules or a reason, not both`,
    );
  }
});
