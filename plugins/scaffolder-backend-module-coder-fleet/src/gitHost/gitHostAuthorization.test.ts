import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { gitHostAuthorization } from './gitHostAuthorization';
import { gitHostRepository } from './gitHostRepository';

const GITHUB = 'github.com?owner=example&repo=fleet';
const GITLAB = 'gitlab.com?owner=example%2Fplatform&repo=fleet';
const AZURE = 'dev.azure.com?organization=example&project=Platform&repo=fleet';
const BITBUCKET = 'bitbucket.org?workspace=example&project=PLAT&repo=fleet';

function setup(integrations: object, scaffolder: object = {}) {
  const config = mockServices.rootConfig({
    data: { integrations, scaffolder } as never,
  });
  const registry = ScmIntegrations.fromConfig(config);
  const authorization = gitHostAuthorization({
    integrations: registry,
    config,
  });
  return async (repoUrl: string) =>
    authorization(gitHostRepository(repoUrl, registry));
}

describe('gitHostAuthorization', () => {
  it.each([
    [
      GITHUB,
      { github: [{ host: 'github.com', token: 't' }] },
      'x-access-token:t',
    ],
    [GITLAB, { gitlab: [{ host: 'gitlab.com', token: 't' }] }, 'oauth2:t'],
    [
      AZURE,
      {
        azure: [
          {
            host: 'dev.azure.com',
            credentials: [{ personalAccessToken: 't' }],
          },
        ],
      },
      ':t',
    ],
    [
      BITBUCKET,
      { bitbucketCloud: [{ username: 'u', appPassword: 'p' }] },
      'u:p',
    ],
    [
      BITBUCKET,
      { bitbucketCloud: [{ username: 'u', token: 't' }] },
      'x-bitbucket-api-token-auth:t',
    ],
    [BITBUCKET, { bitbucketCloud: [{ token: 't' }] }, 'x-token-auth:t'],
  ])('of %s with %j', async (repoUrl, integrations, expected) => {
    const header = await setup(integrations)(repoUrl);
    expect(header).toMatch(/^Basic /);
    expect(Buffer.from(header.slice(6), 'base64').toString()).toBe(expected);
  });

  it.each([
    [GITHUB, 'github', 'https://github.com/example/fleet'],
    [GITLAB, 'gitlab', 'https://gitlab.com/example/platform/fleet'],
    [BITBUCKET, 'bitbucketCloud', 'https://bitbucket.org/example/fleet'],
  ])('says where to configure that of %s', async (repoUrl, kind, location) => {
    await expect(setup({})(repoUrl)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        `^The portal has no credentials for ${location}: .*integrations.${kind}$`,
      ),
    });
  });

  it('tells nothing of what a provider throws', async () => {
    const integrations = ScmIntegrations.fromConfig(
      mockServices.rootConfig({ data: {} }),
    );
    jest.spyOn(integrations.bitbucketCloud, 'byHost').mockImplementation(() => {
      throw new Error('sent hush');
    });
    const authorization = gitHostAuthorization({
      integrations,
      config: mockServices.rootConfig({ data: {} }),
    });
    const error = await authorization({
      kind: 'bitbucketCloud',
      host: 'bitbucket.org',
      location: 'https://bitbucket.org/example/fleet',
      cloneUrl: 'https://bitbucket.org/example/fleet.git',
    }).catch(caught => caught);
    expect(error.message).toContain('They could not be obtained');
    expect(`${error.stack}${error.cause}`).not.toContain('hush');
  });

  it('gives none where only those of users are allowed', async () => {
    const authorization = setup(
      { github: [{ host: 'github.com', token: 't' }] },
      { requireScmUserCredentials: true },
    );
    await expect(authorization(GITHUB)).rejects.toThrow(
      'scaffolder.requireScmUserCredentials is set',
    );
  });
});

describe('gitHostRepository', () => {
  const integrations = ScmIntegrations.fromConfig(
    mockServices.rootConfig({ data: {} }),
  );

  it.each([
    [GITHUB, 'https://github.com/example/fleet.git'],
    [GITLAB, 'https://gitlab.com/example/platform/fleet.git'],
    [AZURE, 'https://dev.azure.com/example/Platform/_git/fleet'],
    [BITBUCKET, 'https://bitbucket.org/example/fleet.git'],
  ])('is cloned from where %s is', (repoUrl, cloneUrl) => {
    expect(gitHostRepository(repoUrl, integrations)).toMatchObject({
      cloneUrl,
    });
  });
});
