/**
 * An option of `coder server`. `kind` says how its value is written in JSON: a duration is a number of
 * nanoseconds, a list an array of texts.
 *
 * @internal
 */
export type ServerOption = {
  name: string;
  env: string;
  kind: 'text' | 'boolean' | 'number' | 'duration' | 'list' | 'json';
  default?: string;
  group?: string;
  yaml?: string;
  /** Its value is never shown. */
  secret?: boolean;
};

/**
 * Options with their defaults, as far as a fleet looks at them.
 * Source: Coder's SDK, deployment.go, v2.30.
 *
 * @internal
 */
export const SERVER_OPTIONS: readonly ServerOption[] = [
  {
    name: 'Access URL',
    env: 'CODER_ACCESS_URL',
    kind: 'text',
    group: 'Networking',
    yaml: 'accessURL',
  },
  {
    name: 'Wildcard Access URL',
    env: 'CODER_WILDCARD_ACCESS_URL',
    kind: 'text',
    group: 'Networking',
    yaml: 'wildcardAccessURL',
  },
  {
    name: 'Docs URL',
    env: 'CODER_DOCS_URL',
    kind: 'text',
    default: 'https://coder.com/docs',
    group: 'Networking',
    yaml: 'docsURL',
  },
  {
    name: 'Postgres Connection URL',
    env: 'CODER_PG_CONNECTION_URL',
    kind: 'text',
    secret: true,
  },
  {
    name: 'Postgres Auth',
    env: 'CODER_PG_AUTH',
    kind: 'text',
    default: 'password',
    yaml: 'pgAuth',
  },
  {
    name: 'Postgres Connection Max Open',
    env: 'CODER_PG_CONN_MAX_OPEN',
    kind: 'number',
    default: '10',
    yaml: 'pgConnMaxOpen',
  },
  {
    name: 'Postgres Connection Max Idle',
    env: 'CODER_PG_CONN_MAX_IDLE',
    kind: 'text',
    default: 'auto',
    yaml: 'pgConnMaxIdle',
  },
  {
    name: 'Provisioner Daemons',
    env: 'CODER_PROVISIONER_DAEMONS',
    kind: 'number',
    default: '3',
    group: 'Provisioning',
    yaml: 'daemons',
  },
  {
    name: 'Provisioner Daemon Pre-shared Key (PSK)',
    env: 'CODER_PROVISIONER_DAEMON_PSK',
    kind: 'text',
    group: 'Provisioning',
    secret: true,
  },
  {
    name: 'Prometheus Enable',
    env: 'CODER_PROMETHEUS_ENABLE',
    kind: 'boolean',
    group: 'Prometheus',
    yaml: 'enable',
  },
  {
    name: 'Prometheus Address',
    env: 'CODER_PROMETHEUS_ADDRESS',
    kind: 'text',
    default: '127.0.0.1:2112',
    group: 'Prometheus',
    yaml: 'address',
  },
  {
    name: 'Prometheus Collect Database Metrics',
    env: 'CODER_PROMETHEUS_COLLECT_DB_METRICS',
    kind: 'boolean',
    default: 'false',
    group: 'Prometheus',
    yaml: 'collect_db_metrics',
  },
  {
    name: 'Prometheus Collect Agent Stats',
    env: 'CODER_PROMETHEUS_COLLECT_AGENT_STATS',
    kind: 'boolean',
    group: 'Prometheus',
    yaml: 'collect_agent_stats',
  },
  {
    name: 'pprof Enable',
    env: 'CODER_PPROF_ENABLE',
    kind: 'boolean',
    group: 'pprof',
    yaml: 'enable',
  },
  {
    name: 'Support Links',
    env: 'CODER_SUPPORT_LINKS',
    kind: 'json',
    yaml: 'supportLinks',
  },
  {
    name: 'Update Check',
    env: 'CODER_UPDATE_CHECK',
    kind: 'boolean',
    default: 'false',
    yaml: 'updateCheck',
  },
  {
    name: 'Telemetry Enable',
    env: 'CODER_TELEMETRY_ENABLE',
    kind: 'boolean',
    default: 'true',
    group: 'Telemetry',
    yaml: 'enable',
  },
  {
    name: 'Health Check Refresh',
    env: 'CODER_HEALTH_CHECK_REFRESH',
    kind: 'duration',
    default: '10m0s',
    group: 'Health Check',
    yaml: 'refresh',
  },
  {
    name: 'Health Check Threshold: Database',
    env: 'CODER_HEALTH_CHECK_THRESHOLD_DATABASE',
    kind: 'duration',
    default: '15ms',
    group: 'Health Check',
    yaml: 'thresholdDatabase',
  },
  {
    name: 'Proxy Health Check Interval',
    env: 'CODER_PROXY_HEALTH_INTERVAL',
    kind: 'duration',
    default: '1m0s',
    yaml: 'proxyHealthInterval',
  },
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
  {
    name: 'DERP Server Enable',
    env: 'CODER_DERP_SERVER_ENABLE',
    kind: 'boolean',
    default: 'true',
    group: 'DERP',
    yaml: 'enable',
  },
  {
    name: 'DERP Server Relay URL',
    env: 'CODER_DERP_SERVER_RELAY_URL',
    kind: 'text',
    group: 'DERP',
    yaml: 'relayURL',
  },
  {
    name: 'Block Direct Connections',
    env: 'CODER_BLOCK_DIRECT',
    kind: 'boolean',
    group: 'DERP',
    yaml: 'blockDirect',
  },
  {
    name: 'Audit Logs Retention',
    env: 'CODER_AUDIT_LOGS_RETENTION',
    kind: 'duration',
    default: '0s',
    group: 'Retention',
    yaml: 'audit_logs',
  },
  {
    name: 'Connection Logs Retention',
    env: 'CODER_CONNECTION_LOGS_RETENTION',
    kind: 'duration',
    default: '0s',
    group: 'Retention',
    yaml: 'connection_logs',
  },
  {
    name: 'Human Log Location',
    env: 'CODER_LOGGING_HUMAN',
    kind: 'text',
    default: '/dev/stderr',
    group: 'Logging',
    yaml: 'humanPath',
  },
  {
    name: 'JSON Log Location',
    env: 'CODER_LOGGING_JSON',
    kind: 'text',
    group: 'Logging',
    yaml: 'jsonPath',
  },
  {
    name: 'Strict-Transport-Security',
    env: 'CODER_STRICT_TRANSPORT_SECURITY',
    kind: 'number',
    default: '0',
    group: 'TLS',
    yaml: 'strictTransportSecurity',
  },
  {
    name: 'Secure Auth Cookie',
    env: 'CODER_SECURE_AUTH_COOKIE',
    kind: 'boolean',
    group: 'Networking',
    yaml: 'secureAuthCookie',
  },
  {
    name: 'Experiments',
    env: 'CODER_EXPERIMENTS',
    kind: 'list',
    yaml: 'experiments',
  },
  {
    name: 'DANGEROUS: Allow all CORS requests',
    env: 'CODER_DANGEROUS_ALLOW_CORS_REQUESTS',
    kind: 'boolean',
    group: '⚠️ Dangerous',
  },
];
