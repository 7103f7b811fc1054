import { z } from 'zod/v3';
import type { ServerToken } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { listOf, maybe, measured, wireObject } from './fromWire';

const NANOSECONDS_PER_MILLISECOND = 1e6;

const tokenSchema = wireObject({
  id: z.string(),
  token_name: maybe(z.string()),
  created_at: maybe(z.string()),
  expires_at: maybe(z.string()),
  last_used: maybe(z.string()),
  lifetime_seconds: measured,
  scopes: listOf(z.string()),
});

function parseTokens(wire: unknown): ServerToken[] {
  return z
    .array(tokenSchema)
    .parse(wire)
    .map(token => ({
      id: token.id,
      name: token.token_name || undefined,
      createdAt: token.created_at,
      expiresAt: token.expires_at,
      lastUsedAt: token.last_used,
      lifetimeSeconds: token.lifetime_seconds,
      scopes: token.scopes,
    }));
}

/**
 * `GET /api/v2/users/me/keys/tokens`.
 *
 * @internal
 */
export const tokensEndpoint: Endpoint<ServerToken[]> = {
  path: '/api/v2/users/me/keys/tokens',
  token: 'required',
  read: readJson(parseTokens),
};

const tokenConfigSchema = wireObject({ max_token_lifetime: measured });

/**
 * `GET /api/v2/users/me/keys/tokens/tokenconfig`: how long tokens of the user may live, ms.
 *
 * @internal
 */
export const tokenConfigEndpoint: Endpoint<{ maxTokenLifetimeMs?: number }> = {
  path: '/api/v2/users/me/keys/tokens/tokenconfig',
  token: 'required',
  read: readJson(wire => {
    const { max_token_lifetime: lifetime } = tokenConfigSchema.parse(wire);
    return {
      maxTokenLifetimeMs:
        lifetime === undefined
          ? undefined
          : lifetime / NANOSECONDS_PER_MILLISECOND,
    };
  }),
};
