import type { ServerOption } from './ServerOption';

/**
 * Options of sessions, tokens, sign-in and secrets. Source: Coder's SDK, deployment.go, v2.30.
 *
 * @internal
 */
export const SECURITY_OPTIONS: readonly ServerOption[] = [
  {
    name: 'API Rate Limit',
    env: 'CODER_API_RATE_LIMIT',
    kind: 'number',
    default: '512',
  },
  {
    name: 'Session Duration',
    env: 'CODER_SESSION_DURATION',
    kind: 'duration',
    default: '24h0m0s',
    yaml: 'sessionDuration',
  },
  {
    name: 'Maximum Lifetime for API tokens',
    env: 'CODER_MAX_TOKEN_LIFETIME',
    kind: 'duration',
    default: '876600h0m0s',
    yaml: 'maxTokenLifetime',
  },
  {
    name: 'Maximum Admin Token Lifetime',
    env: 'CODER_MAX_ADMIN_TOKEN_LIFETIME',
    kind: 'duration',
    default: '168h0m0s',
    yaml: 'maxAdminTokenLifetime',
  },
  {
    name: 'Default Token Lifetime',
    env: 'CODER_DEFAULT_TOKEN_LIFETIME',
    kind: 'duration',
    default: '168h0m0s',
    yaml: 'defaultTokenLifetime',
  },
  {
    name: 'OAuth2 GitHub Default Provider Enable',
    env: 'CODER_OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE',
    kind: 'boolean',
    default: 'true',
    group: 'GitHub',
    yaml: 'defaultProviderEnable',
  },
  {
    name: 'Disable Password Authentication',
    env: 'CODER_DISABLE_PASSWORD_AUTH',
    kind: 'boolean',
    yaml: 'disablePasswordAuth',
  },
  {
    name: 'OIDC Issuer URL',
    env: 'CODER_OIDC_ISSUER_URL',
    kind: 'text',
    group: 'OIDC',
    yaml: 'issuerURL',
  },
  {
    name: 'OIDC Client Secret',
    env: 'CODER_OIDC_CLIENT_SECRET',
    kind: 'text',
    group: 'OIDC',
    secret: true,
  },
  {
    name: 'External Token Encryption Keys',
    env: 'CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS',
    kind: 'list',
    secret: true,
  },
];
