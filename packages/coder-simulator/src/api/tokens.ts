import { Account, ACCOUNTS, TOKEN_NAMES, userId } from '../deployment/accounts';
import type { Deployment } from '../deployment/Deployment';
import { goDuration } from '../deployment/goValues';
import { json, RESOURCE_NOT_FOUND } from './reply';
import type { ApiRequest, Route } from './Route';
import { ofUser } from './users';

/** Source: Coder's server options, v2.30: about 100 years, and 7 days for Owners. */
const MAX_LIFETIME = '876600h';
const MAX_ADMIN_LIFETIME = '168h';

const NANOSECONDS_PER_SECOND = 1e9;
const NANOSECONDS_PER_MILLISECOND = 1e6;

/** A token lives this long at most here, so that its times can be written down. */
const MAX_SHOWN_SECONDS = 365 * 24 * 60 * 60;

/**
 * API tokens of a user: when they end, and how long they may live. Others' are for Owners.
 *
 * @internal
 */
export const tokensRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/users/{user}/keys/tokens',
    access: 'member',
    handle: request =>
      ofOwnUser(request, account =>
        json(200, [token(request.deployment, account)]),
      ),
  },
  {
    method: 'GET',
    path: '/api/v2/users/{user}/keys/tokens/tokenconfig',
    access: 'member',
    handle: request =>
      ofOwnUser(request, account =>
        json(200, {
          max_token_lifetime: maxLifetime(request.deployment, account),
        }),
      ),
  },
];

function ofOwnUser(request: ApiRequest, reply: Parameters<typeof ofUser>[1]) {
  const { actor } = request;
  return ofUser(request, account =>
    account.username === actor?.username || actor?.roles.includes('owner')
      ? reply(account)
      : RESOURCE_NOT_FOUND,
  );
}

/** In nanoseconds, as Go has durations: beyond what a double holds exactly. */
function maxLifetime(deployment: Deployment, { roles }: Account): number {
  const [name, otherwise] = roles.includes('owner')
    ? ['CODER_MAX_ADMIN_TOKEN_LIFETIME', MAX_ADMIN_LIFETIME]
    : ['CODER_MAX_TOKEN_LIFETIME', MAX_LIFETIME];
  return (
    goDuration(deployment.config.env[name] ?? otherwise) ??
    goDuration(otherwise) ??
    0
  );
}

/** Half of its life is always left: no state of the demo ends by itself. */
function token(deployment: Deployment, account: Account) {
  const { username } = account;
  const lifetime = Math.min(
    maxLifetime(deployment, account) / NANOSECONDS_PER_SECOND,
    MAX_SHOWN_SECONDS,
  );
  const half =
    (lifetime * NANOSECONDS_PER_SECOND) / NANOSECONDS_PER_MILLISECOND / 2;
  const now = deployment.now.getTime();
  const name = TOKEN_NAMES.find(key => ACCOUNTS[key].username === username);
  const created = new Date(now - half).toISOString();
  return {
    id: (name && deployment.tokens[name].split('-')[0]) || '',
    user_id: userId(deployment.id, username),
    // Only the tracker's is in use.
    last_used:
      name === 'owner' ? new Date(now).toISOString() : '0001-01-01T00:00:00Z',
    expires_at: new Date(now + half).toISOString(),
    created_at: created,
    updated_at: created,
    login_type: 'token',
    scope: 'all',
    scopes: ['coder:all'],
    token_name: 'coder-fleet',
    lifetime_seconds: lifetime,
    allow_list: [{ type: '*', id: '*' }],
  };
}
