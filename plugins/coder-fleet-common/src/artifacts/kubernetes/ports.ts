import type { DeploymentSpec } from '../../deployment/DeploymentSpec';

/**
 * Ports that Coder and what it needs listen on.
 * Sources: Helm chart of Coder (8080, 8443, 2112); Coder docs, networking (STUN);
 * CloudNativePG, networking and monitoring (status and metrics of an instance); charts of Grafana, Prometheus,
 * Alertmanager and Loki (defaults); AWS, Azure and Google Cloud, instance metadata.
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
  grafana: 3000,
  prometheus: 9090,
  alertmanager: 9093,
  loki: 3100,
  metadata: 80,
} as const;

/**
 * The port that an HTTPS URL names, or 443.
 *
 * @internal
 */
export function webPort(url: string): number {
  return Number(new URL(url).port) || PORTS.webTls;
}

/**
 * Ports of HTTPS that parts of a deployment call: 443, and what its own URLs name: of the control plane, of proxies, of
 * the portal that backup jobs report to, of an object store.
 *
 * @internal
 */
export function webPorts(spec: DeploymentSpec): number[] {
  const urls = [
    spec.accessUrl,
    ...spec.regions.map(({ proxy }) => proxy?.accessUrl),
    spec.backup.report?.url,
    spec.database.objectStore?.endpointUrl,
  ];
  return [
    ...new Set([
      PORTS.webTls,
      ...urls.flatMap(url => (url === undefined ? [] : [webPort(url)])),
    ]),
  ];
}
