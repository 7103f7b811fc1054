import type { JsonValue } from '@backstage/types';
import { z } from 'zod/v3';
import type { ServerOption } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { listOf, mapOf, maybe, wireObject } from './fromWire';

/** It was parsed from JSON, and so it is JSON. */
const jsonSchema = z.custom<JsonValue>(value => value !== undefined);

const configSchema = wireObject({
  options: listOf(
    wireObject({
      name: maybe(z.string()),
      env: maybe(z.string()),
      flag: maybe(z.string()),
      yaml: maybe(z.string()),
      value: maybe(jsonSchema),
      default: maybe(z.string()),
      value_source: maybe(z.string()),
      annotations: mapOf(z.string()),
    }),
  ),
});

function parseServerOptions(wire: unknown): ServerOption[] {
  return configSchema.parse(wire).options.map(option => {
    const secret = option.annotations.secret === 'true';
    return {
      name: option.name,
      env: option.env,
      flag: option.flag,
      yaml: option.yaml,
      // Coder blanks them; should it ever not, they end here.
      ...(!secret && { value: option.value }),
      default: option.default,
      source: option.value_source || undefined,
      secret,
    };
  });
}

/**
 * `GET /api/v2/deployment/config`, for Auditors.
 *
 * @internal
 */
export const serverOptionsEndpoint: Endpoint<ServerOption[]> = {
  path: '/api/v2/deployment/config',
  token: 'required',
  timeoutMs: 10_000,
  read: readJson(parseServerOptions),
};
