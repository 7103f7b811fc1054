import type { Deployment } from '../deployment/Deployment';
import type { ProxyRelease } from '../deployment/DeploymentConfig';
import { sameMinor, uuidFrom } from '../deployment/identity';
import { proxyVersion } from './proxyReply';
import { json } from './reply';
import type { Route } from './Route';

/**
 * Workspace proxies, the control plane's own among them. The list with their states needs a licence,
 * the one without does not.
 *
 * @internal
 */
export const workspaceProxiesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/workspaceproxies',
    access: 'member',
    enterprise: true,
    feature: 'Workspace Proxy',
    handle: ({ deployment }) => json(200, workspaceProxies(deployment)),
  },
  {
    method: 'GET',
    path: '/api/v2/regions',
    access: 'member',
    handle: ({ deployment }) =>
      json(200, { regions: allProxies(deployment).map(region) }),
  },
];

/**
 * The list of proxies, as its own endpoint and the health report show it.
 *
 * @internal
 */
export function workspaceProxies(deployment: Deployment) {
  return {
    regions:
      deployment.config.edition === 'community' ? [] : allProxies(deployment),
  };
}

function allProxies(deployment: Deployment) {
  return [
    primary(deployment),
    ...deployment.config.proxies.map(release => proxy(deployment, release)),
  ];
}

type Proxy = ReturnType<typeof primary>;

function primary(deployment: Deployment) {
  const { accessUrl, wildcardAccessUrl } = deployment.config;
  const now = deployment.now.toISOString();
  return {
    id: deployment.id,
    name: 'primary',
    display_name: 'Default',
    icon_url: '/emojis/1f3e1.png',
    healthy: true,
    path_app_url: accessUrl,
    wildcard_hostname: wildcardAccessUrl ?? '',
    derp_enabled: true,
    derp_only: false,
    status: {
      status: 'ok',
      report: { errors: [] as string[], warnings: [] as string[] },
      checked_at: now,
    },
    // Coder says 'now' for the primary, which is not a row of its database.
    created_at: now,
    updated_at: now,
    deleted: false,
    version: deployment.version,
  };
}

function proxy(deployment: Deployment, release: ProxyRelease): Proxy {
  const { region: name, accessUrl, wildcardAccessUrl, replicas } = release;
  const errors =
    replicas > 0
      ? []
      : [
          `request to proxy failed: Get "${accessUrl}/healthz": dial tcp: connection refused`,
        ];
  const version = proxyVersion(deployment, release);
  const warnings = sameMinor(version, deployment.version)
    ? []
    : [
        `version mismatch: primary coderd (${deployment.version}) != workspace proxy (${version})`,
      ];
  return {
    id: uuidFrom(deployment.id, 'proxy', name),
    name,
    display_name: name,
    icon_url: '/emojis/1f310.png',
    healthy: replicas > 0,
    path_app_url: accessUrl,
    wildcard_hostname: wildcardAccessUrl ?? '',
    derp_enabled: true,
    derp_only: false,
    status: {
      status: replicas > 0 ? 'ok' : 'unreachable',
      report: { errors, warnings },
      checked_at: deployment.now.toISOString(),
    },
    created_at: deployment.bootedAt.toISOString(),
    updated_at: deployment.bootedAt.toISOString(),
    deleted: false,
    version,
  };
}

function region(full: Proxy) {
  const { id, name, display_name, icon_url, healthy } = full;
  const { path_app_url, wildcard_hostname } = full;
  return {
    ...{ id, name, display_name, icon_url, healthy },
    ...{ path_app_url, wildcard_hostname },
  };
}
