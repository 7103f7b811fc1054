import { mockServices } from '@backstage/backend-test-utils';
import type { CoderFleetApi } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * What the action `coder-fleet:plan` asks the tracker with, where people may accept every deviation.
 *
 * @internal
 */
export const mayGrant: {
  client: Pick<CoderFleetApi, 'checkRequest'>;
  auth: ReturnType<typeof mockServices.auth>;
} = {
  client: {
    checkRequest: async () => ({
      decision: 'may-grant',
      findings: [],
      blocking: [],
    }),
  },
  auth: mockServices.auth(),
};
