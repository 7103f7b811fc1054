import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import type {
  CoderFleetApi,
  PresentDeploymentApi,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { PublishGuard } from '../tracker/PublishGuard';

const none = async () => {
  throw new NotFoundError('There is none');
};

/**
 * A tracker with which nothing is registered.
 *
 * @internal
 */
export const nothingRegistered: PresentDeploymentApi = {
  getDeployment: none,
  getArtifacts: none,
  getArtifactFile: none,
};

/**
 * What the action `coder-fleet:plan` asks the tracker with, where people may accept every deviation and
 * register everything.
 *
 * @internal
 */
export const mayGrant: {
  client: Pick<CoderFleetApi, 'checkRequest'> & PresentDeploymentApi;
  auth: ReturnType<typeof mockServices.auth>;
  guard: Pick<PublishGuard, 'check'>;
} = {
  client: {
    ...nothingRegistered,
    checkRequest: async () => ({
      decision: 'may-grant',
      findings: [],
      blocking: [],
    }),
  },
  auth: mockServices.auth(),
  guard: { check: async () => ({ isRegisteredHere: false }) },
};
