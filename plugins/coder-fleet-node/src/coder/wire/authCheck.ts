import { z } from 'zod/v3';
import type { AuthCheck } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';

const answerSchema = z.record(z.unknown());

/**
 * `POST /api/v2/authcheck`. What the server says nothing of is left out.
 *
 * @internal
 */
export function authCheckEndpoint<Name extends string>(
  checks: Readonly<Record<Name, AuthCheck>>,
): Endpoint<Partial<Record<Name, boolean>>> {
  const names = Object.keys(checks) as Name[];
  return {
    method: 'POST',
    path: '/api/v2/authcheck',
    body: {
      checks: Object.fromEntries(
        names.map(name => {
          const { resource, action, owner, organizationId } = checks[name];
          const object = {
            resource_type: resource,
            ...(owner && { owner_id: owner }),
            ...(organizationId && { organization_id: organizationId }),
          };
          return [name, { object, action }];
        }),
      ),
    },
    token: 'required',
    read: readJson(wire => {
      const answer = new Map(Object.entries(answerSchema.parse(wire)));
      const result: Partial<Record<Name, boolean>> = {};
      for (const name of names) {
        const allowed = answer.get(name);
        if (typeof allowed === 'boolean') {
          result[name] = allowed;
        }
      }
      return result;
    }),
  };
}
