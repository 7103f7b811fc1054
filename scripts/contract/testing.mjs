// Lets tests of the contract load its TypeScript, and gives them a small
// document to try it on.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');

/** A module of this folder: `load('OpenApi')`. */
export function load(name) {
  return require(`./${name}.ts`);
}

const json = schema => ({ content: { 'application/json': { schema } } });
const ref = name => ({ $ref: `#/components/schemas/${name}` });

/** A document in the style of Coder's: things with a relay, whose keys are Go's. */
export const DOCUMENT = {
  openapi: '3.0.0',
  paths: {
    '/api/v2/things': {
      get: {
        security: [{ CoderSessionToken: [] }],
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'kind', in: 'query', required: true, schema: {} },
        ],
        responses: { 200: json({ type: 'array', items: ref('Thing') }) },
      },
      post: {
        security: [],
        requestBody: json(ref('Relay')),
        responses: { 201: json(ref('Thing')) },
      },
    },
    '/api/v2/things/{thing}': { get: { responses: {} } },
    '/api/v2/things/first': { get: { responses: {} } },
  },
  components: {
    schemas: {
      'codersdk.Response': {
        type: 'object',
        properties: { message: { type: 'string' } },
      },
      Thing: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string' },
          created_at: { type: 'string' },
          status: { type: 'string', enum: ['idle', 'busy'] },
          size: { type: 'integer' },
          any: { type: 'any' },
          note: { type: 'string', nullable: true },
          relay: ref('Relay'),
          tags: { type: 'object', additionalProperties: { type: 'string' } },
          parts: { type: 'array', items: ref('Thing') },
        },
      },
      Relay: {
        type: 'object',
        properties: {
          regionID: { type: 'integer' },
          stunonly: { type: 'boolean' },
        },
        'x-actual-json-keys': ['RegionID', 'STUNOnly', 'HostName'],
      },
    },
  },
};

/** A thing as the wire has it. */
export const THING = {
  id: 'a',
  created_at: '2026-01-01T00:00:00Z',
  status: 'idle',
  size: 1,
  any: [1, 'x'],
  note: null,
  relay: { RegionID: 999, STUNOnly: false, HostName: 'relay' },
  tags: { scope: 'organization' },
  parts: [],
};
