import type { Deployment } from '../deployment/Deployment';
import { optionValue } from './deploymentConfig';
import { json } from './reply';
import type { Route } from './Route';

/**
 * How people sign in. Anyone may read it.
 *
 * @internal
 */
export const authMethodsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/users/authmethods',
    access: 'anyone',
    handle: ({ deployment }) => json(200, authMethods(deployment)),
  },
];

function authMethods(deployment: Deployment) {
  const on = (env: string) => optionValue(deployment, env) === true;
  const gitHub = on('CODER_OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE');
  return {
    terms_of_service_url: '',
    password: { enabled: !on('CODER_DISABLE_PASSWORD_AUTH') },
    github: { enabled: gitHub, default_provider_configured: gitHub },
    oidc: {
      enabled: Boolean(optionValue(deployment, 'CODER_OIDC_ISSUER_URL')),
      signInText: 'OpenID Connect',
      iconUrl: '',
    },
  };
}
