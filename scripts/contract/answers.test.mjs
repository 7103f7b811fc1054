import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOCUMENT, load, THING } from './testing.mjs';

const { OpenApi } = load('OpenApi');
const { Deviations } = load('Deviations');
const { problemOfAnswer } = load('answers');

const api = OpenApi.of(DOCUMENT);
const operation = api.find('GET', '/api/v2/things');

function check(answer, known = {}) {
  const deviations = new Deviations({
    ...{ fields: [], operations: [], essentials: [], unsent: [] },
    ...known,
  });
  const mismatch = problemOfAnswer(api, deviations, { operation, ...answer });
  return {
    problem: mismatch && `${mismatch.at} ${mismatch.message}`.trim(),
    unused: deviations
      .entries()
      .filter(({ used }) => !used)
      .map(({ name }) => name),
  };
}

test('an answer as documented passes, another one does not', () => {
  assert.equal(check({ status: 200, body: [THING] }).problem, undefined);
  assert.match(check({ status: 200, body: THING }).problem, /must be array/);
  assert.match(check({ status: 204, body: [] }).problem, /not documented/);
});

test('every refusal has the shape of an error', () => {
  const refusal = { message: 'Forbidden.' };
  assert.equal(check({ status: 403, body: refusal }).problem, undefined);
  assert.match(
    check({ status: 403, body: { error: 'no' } }).problem,
    /codersdk\.Response\.error/,
  );
});

test('a known deviation explains what it names and nothing else', () => {
  const fields = [{ at: 'Thing.size', allows: 'null', reason: 'a pointer' }];
  const body = [{ ...THING, size: null }];
  assert.match(check({ status: 200, body }).problem, /Thing\.size/);
  assert.equal(check({ status: 200, body }, { fields }).problem, undefined);
  assert.match(
    check({ status: 200, body: [{ ...THING, size: 'x' }] }, { fields }).problem,
    /Thing\.size/,
  );
});

test('a deviation that explains nothing is told', () => {
  const fields = [{ at: 'Thing.size', allows: 'null', reason: 'a pointer' }];
  const operations = [
    {
      operation: 'GET /api/v2/things',
      is: 'answered with',
      schema: 'Thing',
      reason: 'one only',
    },
  ];
  const known = { fields, operations };
  assert.deepEqual(check({ status: 200, body: [THING] }, known).unused, [
    'Thing.size allows null',
    'GET /api/v2/things is answered with',
  ]);
  assert.deepEqual(check({ status: 200, body: THING }, known), {
    problem: undefined,
    unused: ['Thing.size allows null'],
  });
});
