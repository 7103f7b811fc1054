import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import type {
  CoderFleetApi,
  PresentDeploymentApi,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

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
 * What the action `coder-fleet:plan` asks the tracker with, where people may accept every deviation.
 *
 * @internal
 */
export const mayGrant: {
  client: Pick<CoderFleetApi, 'checkRequest'> & PresentDeploymentApi;
  auth: ReturnType<typeof mockServices.auth>;
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
};
