import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  type BitbucketCloudIntegrationConfig,
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  getBitbucketCloudOAuthToken,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import type { GitHostKind, GitHostRepository } from './gitHostRepository';

/**
 * Gives the header `Authorization` that Git, and the API of Azure DevOps, take for a repository.
 *
 * @internal
 */
export type GitHostAuthorization = (
  repository: GitHostRepository,
) => Promise<string>;

type Provider = (repository: GitHostRepository) => Promise<string | undefined>;

/**
 * Authorization by the `integrations` of the portal. It throws an `InputError` that says what to configure, and
 * that holds nothing of what the credentials are or what their provider said.
 *
 * @internal
 */
export function gitHostAuthorization(options: {
  integrations: ScmIntegrationRegistry;
  config: Config;
}): GitHostAuthorization {
  const { integrations, config } = options;
  const providers = providersOf(integrations);
  const onlyOfUsers =
    config.getOptionalBoolean('scaffolder.requireScmUserCredentials') ?? false;
  return async repository => {
    const { kind, host, location } = repository;
    if (onlyOfUsers) {
      throw new InputError(
        `scaffolder.requireScmUserCredentials is set, and this step has only the credentials of the portal for ${location}`,
      );
    }
    const missing = `The portal has no credentials for ${location}: check those of ${host} under integrations.${kind}`;
    const authorization = await providers[kind](repository).catch(() => {
      // What a provider throws may tell of the request that it made
      throw new InputError(`${missing}. They could not be obtained`);
    });
    if (!authorization) {
      throw new InputError(missing);
    }
    return authorization;
  };
}

function providersOf(
  integrations: ScmIntegrationRegistry,
): Record<GitHostKind, Provider> {
  const github =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const gitlab =
    DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
  let azure: DefaultAzureDevOpsCredentialsProvider | undefined;
  return {
    github: async ({ location }) => {
      const { token } = await github.getCredentials({ url: location });
      return token && basic('x-access-token', token);
    },
    gitlab: async ({ location }) => {
      const { token } = await gitlab.getCredentials({ url: location });
      return token && basic('oauth2', token);
    },
    azure: async ({ location }) => {
      // Not before it is needed: it looks for the identity of the machine where nothing is configured
      azure ??=
        DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
      const credentials = await azure.getCredentials({ url: location });
      return credentials?.headers.Authorization;
    },
    bitbucketCloud: async ({ host }) => {
      const config = integrations.bitbucketCloud.byHost(host)?.config;
      return config && bitbucketCloud(config);
    },
  };
}

async function bitbucketCloud(
  config: BitbucketCloudIntegrationConfig,
): Promise<string | undefined> {
  const { username, token, appPassword, clientId, clientSecret } = config;
  if (clientId && clientSecret) {
    const issued = await getBitbucketCloudOAuthToken(clientId, clientSecret);
    return basic('x-token-auth', issued);
  }
  if (token) {
    // With a user it is an API token, without one that of a repository or workspace
    return basic(
      username ? 'x-bitbucket-api-token-auth' : 'x-token-auth',
      token,
    );
  }
  return username && appPassword ? basic(username, appPassword) : undefined;
}

function basic(username: string, password: string): string {
  const value = Buffer.from(`${username}:${password}`, 'utf8');
  return `Basic ${value.toString('base64')}`;
}
