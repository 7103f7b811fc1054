import type { Deployment } from '../deployment/Deployment';
import type { ProxyRelease } from '../deployment/DeploymentConfig';
import { buildVersion } from '../deployment/identity';
import { buildInfo } from './buildInfo';
import { json, Reply, ROUTE_NOT_FOUND, text } from './reply';

/**
 * The version that a proxy runs.
 *
 * @internal
 */
export function proxyVersion(
  deployment: Deployment,
  proxy: ProxyRelease,
): string {
  return proxy.version ? buildVersion(proxy.version) : deployment.version;
}

/**
 * What a workspace proxy answers on its own host: that it lives, and whose proxy it is. It has no API
 * of its own.
 *
 * @internal
 */
export function proxyReply(options: {
  deployment: Deployment;
  proxy: ProxyRelease;
  path: string;
}): Reply {
  const { deployment, proxy, path } = options;
  const version = proxyVersion(deployment, proxy);
  const headers = { 'x-coder-build-version': version };
  switch (path) {
    case '/healthz':
      return { ...text(200, 'OK'), headers };
    case '/api/v2/buildinfo': {
      const info = { ...buildInfo(deployment), version, workspace_proxy: true };
      return { ...json(200, info), headers };
    }
    default:
      return { ...ROUTE_NOT_FOUND, headers };
  }
}
