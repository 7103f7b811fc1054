import { z } from 'zod/v3';
import { userId } from '../deployment/accounts';
import type { Actor, Deployment } from '../deployment/Deployment';
import { permits } from '../deployment/roles';
import { failure, json, Reply } from './reply';
import type { ApiRequest, Route } from './Route';

const MAX_IDS = 10;

/** A user may do everything to these when they are the user's own. */
const OWNABLE = ['workspace', 'api_key', 'file', 'user_secret', 'task'];

const requestSchema = z.object({
  checks: z.record(
    z.object({
      object: z.object({
        resource_type: z.string().default(''),
        owner_id: z.string().optional(),
        organization_id: z.string().optional(),
        resource_id: z.string().optional(),
        any_org: z.boolean().optional(),
      }),
      action: z.string().default(''),
    }),
  ),
});

type Check = z.output<typeof requestSchema>['checks'][string];

/**
 * What the caller may do.
 *
 * @internal
 */
export const authCheckRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v2/authcheck',
    access: 'member',
    handle: authCheck,
  },
];

function authCheck({ deployment, actor, body }: ApiRequest): Reply {
  const request = read(body);
  if (!request) {
    return failure(400, 'Request body must be valid JSON.');
  }
  const checks = Object.entries(request.checks);
  const ids = checks.filter(([, { object }]) => object.resource_id).length;
  if (ids > MAX_IDS) {
    return failure(
      400,
      `Endpoint only supports using "resource_id" field ${MAX_IDS} times, found ${ids} usages. Remove ${ids - MAX_IDS} objects with this field set.`,
    );
  }
  const untyped = checks.find(([, { object }]) => object.resource_type === '');
  if (untyped) {
    return failure(
      400,
      `Object's "resource_type" field must be defined for key ${JSON.stringify(untyped[0])}.`,
    );
  }
  return json(
    200,
    Object.fromEntries(
      checks.map(([name, check]) => [name, allowed(deployment, actor, check)]),
    ),
  );
}

function read(body: Buffer) {
  try {
    return requestSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

function allowed(
  deployment: Deployment,
  actor: Actor | undefined,
  { object, action }: Check,
): boolean {
  if (!actor) {
    return false;
  }
  const { owner_id: owner, resource_type: resource } = object;
  const own = owner === 'me' || owner === userId(deployment.id, actor.username);
  return (
    (own && OWNABLE.includes(resource)) ||
    permits(actor.roles, action, resource)
  );
}
