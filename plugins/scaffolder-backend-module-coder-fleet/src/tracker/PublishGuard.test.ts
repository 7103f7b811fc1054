import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type {
  CallOptions,
  DeploymentDetail,
  DeploymentQuery,
  DeploymentSummary,
  RepositoryRef,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { deploymentOf } from '../__testUtils__/deployments';
import { responseError } from '../__testUtils__/responseError';
import { PublishGuard } from './PublishGuard';

type Registered = {
  repository?: RepositoryRef;
  accessUrl?: string;
  /** Whether the person may read it. */
  isHidden?: boolean;
};

const ours: RepositoryRef = { type: 'directory', location: 'aurora' };
const deployment = deploymentOf();

/** A tracker with some deployments, and a person who may do some things. */
function setup(
  options: {
    registered?: Record<string, Registered>;
    mayChange?: boolean;
    mayRegister?: boolean;
  } = {},
) {
  const { registered = {}, mayChange = true, mayRegister = true } = options;
  const client = {
    getDeployment: jest.fn(async (name: string) => {
      if (!registered[name] || registered[name].isHidden) {
        throw await responseError(404, {
          name: 'NotFoundError',
          message: `No deployment "${name}" is registered`,
        });
      }
      return { name, ...registered[name] } as DeploymentDetail;
    }),
    checkName: jest.fn(async (name: string) => {
      if (!mayRegister) {
        throw await responseError(403, {
          name: 'NotAllowedError',
          message: 'You may not register Coder deployments',
        });
      }
      return { name, available: !registered[name] };
    }),
    listDeployments: jest.fn(
      async (_query?: DeploymentQuery, _call?: CallOptions) => {
        const items = Object.entries(registered).map(
          ([name, { accessUrl = `https://${name}.example.com` }]) =>
            ({ name, accessUrl }) as DeploymentSummary,
        );
        return { items, totalItems: items.length };
      },
    ),
  };
  const permissions = mockServices.permissions.mock({
    authorize: async () => [{ result: mayChange ? 'ALLOW' : 'DENY' } as never],
  });
  const auth = mockServices.auth.mock({
    getOwnServiceCredentials: async () =>
      mockCredentials.service('plugin:scaffolder'),
    getPluginRequestToken: async ({ onBehalfOf }) => ({
      token: (onBehalfOf.principal as { type: string }).type,
    }),
  });
  const guard = new PublishGuard({ client, auth, permissions });
  const check = () =>
    guard.check({
      deployment,
      repository: ours,
      credentials: mockCredentials.user(),
    });
  return { client, permissions, check };
}

describe('PublishGuard', () => {
  it.each<[string, Record<string, Registered>, boolean]>([
    ['a name that is free', {}, false],
    [
      'an update from the same repository',
      { aurora: { repository: ours } },
      true,
    ],
    ['an update of one without a repository', { aurora: {} }, false],
    [
      'an access URL that only begins like another',
      { other: { accessUrl: 'https://aurora.example.com:8443' } },
      false,
    ],
  ])(
    'allows %s, and says whether it is registered with the repository',
    async (_what, registered, isRegisteredHere) => {
      await expect(setup({ registered }).check()).resolves.toEqual({
        isRegisteredHere,
      });
    },
  );

  it('asks in the name of the person, except for access URLs that the person may not see', async () => {
    const { client, check } = setup();
    await check();
    expect(client.getDeployment).toHaveBeenCalledWith('aurora', {
      token: 'user',
    });
    expect(client.checkName).toHaveBeenCalledWith('aurora', { token: 'user' });
    expect(client.listDeployments).toHaveBeenCalledWith(
      { search: 'https://aurora.example.com', limit: 500 },
      { token: 'service' },
    );
  });

  it('asks for the permission to change this one', async () => {
    const { client, permissions, check } = setup({
      registered: { aurora: { repository: ours } },
      mayRegister: false,
    });
    await check();
    expect(permissions.authorize.mock.calls).toEqual([
      [
        [
          {
            permission: expect.objectContaining({
              name: 'coder-fleet.deployment.update',
            }),
            resourceRef: 'aurora',
          },
        ],
        { credentials: mockCredentials.user() },
      ],
    ]);
    expect(client.checkName).not.toHaveBeenCalled();
  });

  it.each<[string, Parameters<typeof setup>[0], RegExp]>([
    [
      'those who may not register',
      { mayRegister: false },
      /aurora cannot be registered.*You may not register Coder deployments/,
    ],
    [
      'those who may not change it',
      { registered: { aurora: {} }, mayChange: false },
      /^You may not change the deployment aurora/,
    ],
    [
      'a name that belongs to another repository',
      {
        registered: {
          aurora: {
            repository: { type: 'url', location: 'https://git.example.com/a' },
          },
        },
      },
      /^The name aurora is taken by a deployment from another repository$/,
    ],
    [
      'a taken name, without telling whose it is',
      { registered: { aurora: { isHidden: true } } },
      /^The name aurora is taken$/,
    ],
    [
      'an access URL of another deployment',
      { registered: { other: { accessUrl: 'https://aurora.example.com' } } },
      /^https:\/\/aurora\.example\.com is the access URL of another deployment$/,
    ],
  ])('refuses %s', async (_what, options, message) => {
    await expect(setup(options).check()).rejects.toThrow(message);
  });

  it.each(['getDeployment', 'checkName', 'listDeployments'] as const)(
    'refuses when the tracker does not answer %s',
    async method => {
      const { client, check } = setup();
      client[method].mockRejectedValueOnce(
        await responseError(503, {
          name: 'ServiceUnavailableError',
          message: 'Starting',
        }),
      );
      await expect(check()).rejects.toThrow(/Starting/);
    },
  );
});
