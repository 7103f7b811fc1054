import type { Deployment } from '../deployment/Deployment';
import { uuidFrom } from '../deployment/identity';
import { json, Reply, RESOURCE_NOT_FOUND } from './reply';
import type { ApiRequest, Route } from './Route';

/** Made with the database, long before. */
const CREATED_AT = '2025-01-15T09:00:00.000Z';

/**
 * Organizations: the default one.
 *
 * @internal
 */
export const organizationsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/organizations',
    access: 'member',
    handle: ({ deployment }) => json(200, [organization(deployment)]),
  },
  {
    method: 'GET',
    path: '/api/v2/organizations/{organization}',
    access: 'member',
    handle: request =>
      inOrganization(request, () =>
        json(200, organization(request.deployment)),
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
 * Answers below an organization, which may be named or given by its id; 404 for any other.
 *
 * @internal
 */
export function inOrganization(
  { deployment, parameters }: ApiRequest,
  reply: () => Reply,
): Reply {
  const known = ['coder', 'default', organizationId(deployment)];
  return known.includes(parameters.organization) ? reply() : RESOURCE_NOT_FOUND;
}

function organization(deployment: Deployment) {
  return {
    id: organizationId(deployment),
    name: 'coder',
    display_name: 'Coder',
    icon: '',
    description: '',
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
    is_default: true,
  };
}
