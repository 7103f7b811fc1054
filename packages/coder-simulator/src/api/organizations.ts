import { randomUUID } from 'node:crypto';
import type { Deployment } from '../deployment/Deployment';
import { uuidFrom } from '../deployment/identity';
import { permits } from '../deployment/roles';
import { textsOf } from './body';
import { failure, FORBIDDEN, json, Reply, RESOURCE_NOT_FOUND } from './reply';
import type { ApiRequest, Route } from './Route';

/** Made with the database, long before. */
const CREATED_AT = '2025-01-15T09:00:00.000Z';

/** Another name of the default organization. */
const DEFAULT = 'default';

/**
 * Organizations: the default one, and those that were created.
 *
 * @internal
 */
export const organizationsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/organizations',
    access: 'member',
    handle: ({ deployment }) => json(200, organizations(deployment)),
  },
  {
    method: 'POST',
    path: '/api/v2/organizations',
    access: 'member',
    enterprise: true,
    feature: 'Multiple Organizations',
    handle: create,
  },
  {
    method: 'GET',
    path: '/api/v2/organizations/{organization}',
    access: 'member',
    handle: request =>
      inOrganization(request, id =>
        json(
          200,
          organizations(request.deployment).find(found => found.id === id),
        ),
      ),
  },
];

/**
 * The id of the default organization.
 *
 * @internal
 */
export function organizationId(deployment: Deployment): string {
  return uuidFrom(deployment.id, 'organization', 'coder');
}

/**
 * Answers below an organization, which may be named or given by its id; 404 for any other. Only the
 * handlers that ask for the id tell organizations apart: the configuration has the default one alone.
 *
 * @internal
 */
export function inOrganization(
  { deployment, parameters }: ApiRequest,
  reply: (id: string) => Reply,
): Reply {
  const asked = parameters.organization;
  const found = organizations(deployment).find(
    ({ id, name, is_default }) =>
      asked === id || asked === name || (is_default && asked === DEFAULT),
  );
  return found ? reply(found.id) : RESOURCE_NOT_FOUND;
}

function organizations(deployment: Deployment) {
  return [
    {
      id: organizationId(deployment),
      name: 'coder',
      display_name: 'Coder',
      icon: '',
      description: '',
      created_at: CREATED_AT,
      updated_at: CREATED_AT,
      is_default: true,
    },
    ...deployment.setup.organizations.map(
      ({ id, name, displayName, createdAt }) => ({
        id,
        name,
        display_name: displayName,
        icon: '',
        description: '',
        created_at: createdAt.toISOString(),
        updated_at: createdAt.toISOString(),
        is_default: false,
      }),
    ),
  ];
}

function create({ deployment, actor, body }: ApiRequest): Reply {
  if (!permits(actor?.roles ?? [], 'create', 'organization')) {
    return FORBIDDEN;
  }
  const { texts, refusal } = textsOf(body, ['name']);
  if (refusal) {
    return refusal;
  }
  const { name } = texts;
  if (name === DEFAULT) {
    return failure(400, `Organization name "${DEFAULT}" is reserved.`);
  }
  if (organizations(deployment).some(found => found.name === name)) {
    return failure(409, 'Organization already exists with that name.');
  }
  const { display_name: displayName } = JSON.parse(body.toString('utf8'));
  const id = randomUUID();
  deployment.setup.organizations.push({
    id,
    name,
    displayName: displayName || name,
    createdAt: deployment.now,
  });
  deployment.changed();
  return json(
    201,
    organizations(deployment).find(found => found.id === id),
  );
}
