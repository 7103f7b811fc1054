/**
 * Ports that Coder and what it needs listen on.
 * Sources: Helm chart of Coder (8080, 8443, 2112); Coder docs, networking (STUN);
 * CloudNativePG, networking and monitoring (status and metrics of an instance).
 *
 * @internal
 */
export const PORTS = {
  http: 8080,
  https: 8443,
  metrics: 2112,
  postgres: 5432,
  cnpgStatus: 8000,
  cnpgMetrics: 9187,
  webTls: 443,
  kubernetesApi: 6443,
  gitSsh: 22,
  dns: 53,
  stun: 3478,
  stunGoogle: 19302,
} as const;
