import { ACCOUNTS, Account, userId } from '../deployment/accounts';
import type { Deployment } from '../deployment/Deployment';
import { permits } from '../deployment/roles';
import { organizationId } from './organizations';
import { json, Reply, RESOURCE_NOT_FOUND } from './reply';
import type { ApiRequest, Route } from './Route';
import { matches, page } from './search';

const CREATED_AT = '2025-03-01T08:00:00.000Z';

/** How Go writes a time that never was. */
const ZERO_TIME = '0001-01-01T00:00:00Z';

const ROLE_NAMES: Readonly<Record<string, string>> = {
  owner: 'Owner',
  auditor: 'Auditor',
  'template-admin': 'Template Admin',
  'user-admin': 'User Admin',
};

/**
 * Users: those who have tokens, and as many others as the deployment's use asks for.
 *
 * @internal
 */
export const usersRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/users',
    access: { read: 'user', refusal: 'forbidden' },
    handle: list,
  },
  {
    method: 'GET',
    path: '/api/v2/users/{user}',
    access: 'member',
    handle: request =>
      ofUser(request, account =>
        json(200, user(request.deployment, { ...account, status: 'active' })),
      ),
  },
];

/**
 * Answers below a user: oneself as `me`, others by id or name for those who may read users.
 *
 * @internal
 */
export function ofUser(
  { deployment, actor, parameters }: ApiRequest,
  reply: (account: Account) => Reply,
): Reply {
  const { user: wanted } = parameters;
  const found =
    wanted === 'me'
      ? actor
      : Object.values(ACCOUNTS).find(({ username }) =>
          [username, userId(deployment.id, username)].includes(wanted),
        );
  const own = found?.username === actor?.username;
  if (!found || !(own || permits(actor?.roles ?? [], 'read', 'user'))) {
    return RESOURCE_NOT_FOUND;
  }
  return reply(found);
}

type Person = Account & { status: string };

function* people(deployment: Deployment): Generator<Person> {
  const { active, dormant, suspended } = deployment.activity.users;
  const accounts = Object.values(ACCOUNTS).slice(0, active);
  for (const account of accounts) {
    yield { ...account, status: 'active' };
  }
  const others = [
    ...Array.from({ length: active - accounts.length }, () => 'active'),
    ...Array.from({ length: dormant }, () => 'dormant'),
    ...Array.from({ length: suspended }, () => 'suspended'),
  ];
  for (const [index, status] of others.entries()) {
    const username = `user-${String(index + 1).padStart(5, '0')}`;
    yield { username, name: `User ${index + 1}`, roles: [], status };
  }
}

function user(
  deployment: Deployment,
  { username, name, roles, status }: Person,
) {
  return {
    id: userId(deployment.id, username),
    username,
    avatar_url: '',
    name,
    email: `${username}@example.com`,
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
    // Dormant ones were invited and never came.
    last_seen_at:
      status === 'dormant' ? ZERO_TIME : deployment.now.toISOString(),
    status,
    login_type: 'oidc',
    theme_preference: '',
    organization_ids: [organizationId(deployment)],
    roles: roles.map(role => ({
      name: role,
      display_name: ROLE_NAMES[role],
    })),
  };
}

function list({ deployment, query }: ApiRequest): Reply {
  const { refusal, slice } = page(query);
  if (refusal) {
    return refusal;
  }
  const found = [...people(deployment)].filter(person =>
    matches(query, { status: person.status, name: person.username }),
  );
  return json(200, {
    users: slice(found).map(person => user(deployment, person)),
    count: found.length,
  });
}
