import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOCUMENT, load } from './testing.mjs';

const { OpenApi } = load('OpenApi');
const { Deviations } = load('Deviations');
const { problemOfRequest, operationOf } = load('requests');
const { TOKEN } = load('coderClients');

const api = OpenApi.of(DOCUMENT);

function problem(request, operations = []) {
  const deviations = new Deviations({
    ...{ fields: [], essentials: [], unsent: [] },
    operations,
  });
  const { operation } = operationOf(api, request);
  return problemOfRequest({ api, deviations }, operation, request);
}

const get = (query, headers = { 'coder-session-token': TOKEN }) => ({
  url: `https://coder.example.com/api/v2/things?${query}`,
  headers,
});
const post = (body, headers = { 'content-type': 'application/json' }) => ({
  method: 'POST',
  url: 'https://coder.example.com/api/v2/things',
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

test('requests as documented pass', () => {
  assert.equal(problem(get('kind=a&limit=1')), undefined);
  assert.equal(problem(post({ RegionID: 1 })), undefined);
});

test('each part of a request that is not as documented is named', () => {
  assert.match(problem(get('kind=a', {})), /no token is sent/);
  assert.match(problem(get('kind=a&limit=ten')), /limit is no integer/);
  assert.match(problem(get('limit=1')), /kind is missing/);
  assert.match(problem(get('kind=a&page=2')), /page is not documented/);
  assert.match(
    problem(post({ RegionID: 1 }, { 'coder-session-token': TOKEN })),
    /a token is sent to a public operation/,
  );
  assert.match(problem(post({ regionID: 1 })), /Relay\.regionID of the body/);
  assert.match(problem(post('{}', {})), /not sent as JSON/);
});

test('a parameter that the document forgot may be known', () => {
  const known = {
    operation: 'GET /api/v2/things',
    is: 'called with',
    parameter: 'page',
    reason: 'forgotten',
  };
  assert.equal(problem(get('kind=a&page=2'), [known]), undefined);
});

test('a request that goes nowhere has no operation', () => {
  const { name, operation } = operationOf(api, {
    url: 'https://coder.example.com/api/v2/nothing?x=1',
  });
  assert.equal(name, 'GET /api/v2/nothing');
  assert.equal(operation, undefined);
});
