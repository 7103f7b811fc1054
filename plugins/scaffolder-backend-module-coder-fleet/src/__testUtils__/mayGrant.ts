import { mockServices } from '@backstage/backend-test-utils';
import type { CoderFleetApi } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { PublishGuard } from '../tracker/PublishGuard';

/**
 * What the action `coder-fleet:plan` asks the tracker with, where people may accept every deviation and
 * register everything.
 *
 * @internal
 */
export const mayGrant: {
  client: Pick<CoderFleetApi, 'checkRequest'>;
  auth: ReturnType<typeof mockServices.auth>;
  guard: Pick<PublishGuard, 'check'>;
} = {
  client: {
    checkRequest: async () => ({
      decision: 'may-grant',
      findings: [],
      blocking: [],
    }),
  },
  auth: mockServices.auth(),
  guard: { check: async () => ({ isRegisteredHere: false }) },
};
