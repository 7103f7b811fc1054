import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  type PresentDeployment,
  type PresentDeploymentApi,
  readPresentDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { trackerFailure } from './trackerFailure';
import { trackerToken } from './trackerToken';

/**
 * What is registered under a name, as far as the person who runs the template may read it; `undefined` when
 * nothing is. Throws a `ForwardedError` when the tracker does not answer: what it
 * would keep must not get lost.
 *
 * @internal
 */
export async function presentOf(
  name: string,
  options: {
    client: PresentDeploymentApi;
    auth: AuthService;
    ctx: {
      signal?: AbortSignal;
      getInitiatorCredentials(): Promise<BackstageCredentials>;
    };
  },
): Promise<PresentDeployment | undefined> {
  const { client, auth, ctx } = options;
  const token = await trackerToken(auth, await ctx.getInitiatorCredentials());
  return readPresentDeployment(client, name, {
    token,
    ...(ctx.signal && { signal: ctx.signal }),
  }).catch(error => {
    throw trackerFailure(`Deployment ${name} could not be looked up`, error);
  });
}
