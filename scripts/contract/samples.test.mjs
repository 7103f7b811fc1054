import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOCUMENT, load } from './testing.mjs';

const { OpenApi } = load('OpenApi');
const { sampleOf } = load('samples');
const { variantsOf } = load('variants');

const api = OpenApi.of(DOCUMENT);
const thing = api.named('Thing');

test('a sample has every field, and is as documented', () => {
  const { value } = sampleOf(api, thing, 'on the wire');
  assert.deepEqual(Object.keys(value).sort(), [
    ...['any', 'created_at', 'id', 'note', 'relay', 'size', 'status', 'tags'],
  ]);
  assert.deepEqual(api.check(thing, value), []);
  assert.match(value.created_at, /^2026-.*Z$/);
});

test('both spellings have the same values', () => {
  const wire = sampleOf(api, thing, 'on the wire').value;
  const documented = sampleOf(api, thing, 'documented').value;
  assert.deepEqual(Object.keys(wire.relay), [
    'RegionID',
    'STUNOnly',
    'HostName',
  ]);
  assert.deepEqual(Object.keys(documented.relay).slice(0, 2), [
    'regionID',
    'stunonly',
  ]);
  assert.deepEqual(Object.values(documented.relay), Object.values(wire.relay));
});

test('each optional field is absent once and null once, each object and each enum newer once', () => {
  const variants = [...variantsOf(sampleOf(api, thing, 'on the wire'))];
  const of = what =>
    variants
      .filter(variant => variant.what === what)
      .map(({ part }) => part.path.join('.'));
  assert.deepEqual(of('absent').sort(), [
    ...['any', 'created_at', 'note', 'relay', 'relay.HostName'],
    ...['relay.RegionID', 'relay.STUNOnly', 'size', 'status', 'tags'],
  ]);
  assert.deepEqual(of('null'), of('absent'));
  assert.deepEqual(of('unknown field'), ['', 'relay']);
  assert.deepEqual(of('unknown value'), ['status']);
  const { value } = variants.find(
    ({ what, part }) =>
      what === 'absent' && part.path.join('.') === 'relay.RegionID',
  );
  assert.equal('RegionID' in value.relay, false);
  assert.equal('STUNOnly' in value.relay, true);
});
