import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';

/**
 * Who calls, for records: the entity reference of a user, or the subject of a service.
 *
 * @internal
 */
export function callerOf(credentials: BackstageCredentials): string {
  const principal = credentials.principal as
    BackstageUserPrincipal | BackstageServicePrincipal;
  return principal.type === 'user'
    ? principal.userEntityRef
    : principal.subject;
}
