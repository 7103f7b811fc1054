import { z } from 'zod/v3';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { wireObject } from './fromWire';

const countSchema = wireObject({ count: z.number().nonnegative() });

/**
 * How many users or workspaces a search finds: `GET /api/v2/users` and `/api/v2/workspaces`, with one
 * entry to read. Throws a `ZodError` without a count.
 *
 * @internal
 */
export function countEndpoint(
  list: 'users' | 'workspaces',
  search: string | undefined,
): Endpoint<number> {
  return {
    path: `/api/v2/${list}`,
    query: { ...(search && { q: search }), limit: '1' },
    token: 'required',
    read: readJson(wire => countSchema.parse(wire).count),
  };
}
