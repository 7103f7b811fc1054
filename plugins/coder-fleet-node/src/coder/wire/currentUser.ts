import { z } from 'zod/v3';
import type { ServerUser } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { listOf, maybe, wireObject } from './fromWire';

const userSchema = wireObject({
  id: z.string(),
  username: z.string(),
  status: maybe(z.string()),
  roles: listOf(wireObject({ name: z.string() })),
});

function parseUser(wire: unknown): ServerUser {
  const user = userSchema.parse(wire);
  return {
    id: user.id,
    username: user.username,
    status: user.status,
    roles: user.roles.map(({ name }) => name),
  };
}

/**
 * `GET /api/v2/users/me`.
 *
 * @internal
 */
export const currentUserEndpoint: Endpoint<ServerUser> = {
  path: '/api/v2/users/me',
  token: 'required',
  read: readJson(parseUser),
};
