import { z } from 'zod/v3';
import type { AuthMethods } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { httpUrl, maybe, wireObject } from './fromWire';

const methodSchema = maybe(wireObject({ enabled: maybe(z.boolean()) }));

const authMethodsSchema = wireObject({
  terms_of_service_url: maybe(z.string()),
  password: methodSchema,
  github: maybe(
    wireObject({
      enabled: maybe(z.boolean()),
      default_provider_configured: maybe(z.boolean()),
    }),
  ),
  oidc: methodSchema,
});

function parseAuthMethods(wire: unknown): AuthMethods {
  const methods = authMethodsSchema.parse(wire);
  return {
    passwordEnabled: methods.password?.enabled,
    gitHubEnabled: methods.github?.enabled,
    gitHubDefaultProvider: methods.github?.default_provider_configured,
    oidcEnabled: methods.oidc?.enabled,
    termsOfServiceUrl: httpUrl(methods.terms_of_service_url),
  };
}

/**
 * `GET /api/v2/users/authmethods`. The documentation asks for a token, the server does not.
 *
 * @internal
 */
export const authMethodsEndpoint: Endpoint<AuthMethods> = {
  path: '/api/v2/users/authmethods',
  token: 'optional',
  read: readJson(parseAuthMethods),
};
