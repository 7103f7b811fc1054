import { z } from 'zod/v3';
import type { UpdateCheck } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { httpUrl, maybe, wireObject } from './fromWire';

const updateCheckSchema = wireObject({
  current: maybe(z.boolean()),
  version: maybe(z.string()),
  url: maybe(z.string()),
});

function parseUpdateCheck(wire: unknown): UpdateCheck {
  const { current, version, url } = updateCheckSchema.parse(wire);
  return { current, version, url: httpUrl(url) };
}

/**
 * `GET /api/v2/updatecheck`.
 *
 * @internal
 */
export const updateCheckEndpoint: Endpoint<UpdateCheck> = {
  path: '/api/v2/updatecheck',
  token: 'never',
  read: readJson(parseUpdateCheck),
};
