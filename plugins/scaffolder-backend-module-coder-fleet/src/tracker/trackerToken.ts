import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { PLUGIN_ID } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * A token for the tracker in somebody's name. Actions use the name of the person who runs the
 * template: they may do what that person may, and no more.
 *
 * @internal
 */
export async function trackerToken(
  auth: AuthService,
  onBehalfOf: BackstageCredentials,
): Promise<string> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf,
    targetPluginId: PLUGIN_ID,
  });
  return token;
}
