import { uuidFrom } from './identity';
import type { TokenSet } from './identity';
import type { Role } from './roles';

/**
 * A user of a deployment who has a token.
 *
 * @internal
 */
export type Account = {
  username: string;
  name: string;
  roles: readonly Role[];
};

/**
 * The users who have tokens, by the name of the token.
 *
 * @internal
 */
export const ACCOUNTS: Readonly<Record<keyof TokenSet, Account>> = {
  owner: { username: 'admin', name: 'Site Owner', roles: ['owner'] },
  auditor: {
    username: 'fleet-tracker',
    name: 'Fleet Tracker',
    roles: ['auditor', 'template-admin'],
  },
  siteAuditor: {
    username: 'auditor',
    name: 'Site Auditor',
    roles: ['auditor'],
  },
  templateAdmin: {
    username: 'publisher',
    name: 'Template Publisher',
    roles: ['template-admin'],
  },
  userAdmin: { username: 'people', name: 'User Admin', roles: ['user-admin'] },
  member: { username: 'developer', name: 'Dev Eloper', roles: [] },
};

/**
 * The names of the tokens.
 *
 * @internal
 */
export const TOKEN_NAMES = Object.keys(ACCOUNTS) as (keyof TokenSet)[];

/**
 * The id of a user.
 *
 * @internal
 */
export function userId(deploymentId: string, username: string): string {
  return uuidFrom(deploymentId, 'user', username);
}
