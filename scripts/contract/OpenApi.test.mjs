import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOCUMENT, load, THING } from './testing.mjs';

const { OpenApi } = load('OpenApi');

const api = OpenApi.of(DOCUMENT);
const problems = value =>
  api
    .check(api.named('Thing'), value)
    .map(({ at, keyword }) => `${at} ${keyword}`);

test('a thing as the wire has it is as documented', () => {
  assert.deepEqual(problems(THING), []);
});

test('keys are those of x-actual-json-keys and not the documented ones', () => {
  assert.deepEqual(
    problems({ ...THING, relay: { regionID: 999, stunOnly: false } }),
    [
      'Relay.regionID additionalProperties',
      'Relay.stunOnly additionalProperties',
    ],
  );
  assert.deepEqual(problems({ ...THING, relay: { RegionID: 'x' } }), [
    'Relay.RegionID type',
  ]);
});

test('fields that are not documented, wrong types and missing fields are found', () => {
  const { id: _, ...withoutId } = THING;
  assert.deepEqual(
    problems({ ...withoutId, siez: 1, status: 'lazy', size: null }),
    [
      ' required',
      'Thing.siez additionalProperties',
      'Thing.status enum',
      'Thing.size type',
    ],
  );
});

test('places name the schema around them, through lists and maps', () => {
  const thing = api.named('Thing');
  assert.equal(
    api.place(thing, ['parts', '0', 'relay', 'RegionID']),
    'Relay.RegionID',
  );
  assert.equal(api.place(thing, ['parts', '0']), 'Thing.parts[]');
  assert.equal(api.place(thing, ['tags', 'owner']), 'Thing.tags{}');
});

test('an operation is found by its path; fixed segments win', () => {
  const name = path => api.find('GET', path)?.name;
  assert.equal(name('/api/v2/things/first'), 'GET /api/v2/things/first');
  assert.equal(name('/api/v2/things/other'), 'GET /api/v2/things/{thing}');
  assert.equal(name('/api/v2/nothing'), undefined);
  assert.equal(
    api.findTemplate('GET', '/api/v2/things/{anything}')?.name,
    'GET /api/v2/things/{thing}',
  );
});

test('a base path of the servers goes before every path', () => {
  const moved = OpenApi.of({ ...DOCUMENT, servers: [{ url: '/base/' }] });
  assert.ok(moved.find('GET', '/base/api/v2/things'));
});

test('what is no OpenAPI 3 document is refused', () => {
  assert.throws(() => OpenApi.of({ swagger: '2.0' }), /Not an OpenAPI 3/);
});
