import { randomBytes, randomUUID } from 'node:crypto';
import type { Deployment } from '../deployment/Deployment';
import type { ProxyRelease } from '../deployment/DeploymentConfig';
import { sameMinor, uuidFrom } from '../deployment/identity';
import { permits } from '../deployment/roles';
import { textsOf } from './body';
import { proxyVersion } from './proxyReply';
import {
  failure,
  FORBIDDEN,
  json,
  type Reply,
  RESOURCE_NOT_FOUND,
} from './reply';
import type { ApiRequest, Route } from './Route';

/** Source: Coder, coderd/httpmw/workspaceproxy.go. Node has names of headers in lower case. */
const TOKEN_HEADER = 'coder-external-proxy-token';

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
    method: 'POST',
    path: '/api/v2/workspaceproxies',
    access: 'member',
    enterprise: true,
    feature: 'Workspace Proxy',
    handle: create,
  },
  {
    method: 'PATCH',
    path: '/api/v2/workspaceproxies/{workspaceproxy}',
    access: 'member',
    enterprise: true,
    feature: 'Workspace Proxy',
    handle: change,
  },
  {
    // By the proxy's own token, in a header.
    method: 'GET',
    path: '/api/v2/workspaceproxies/me/crypto-keys',
    access: 'anyone',
    enterprise: true,
    feature: 'Workspace Proxy',
    handle: cryptoKeys,
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
    ...(deployment.configuredBefore
      ? deployment.config.proxies.map(release => proxy(deployment, release))
      : []),
    ...[...deployment.setup.proxies].map(([name, id]) =>
      unregistered(deployment, { name, id }),
    ),
  ];
}

/** The token is shown this once. */
function create({ deployment, actor, body }: ApiRequest): Reply {
  if (!permits(actor?.roles ?? [], 'create', 'workspace_proxy')) {
    return FORBIDDEN;
  }
  const { texts, refusal } = textsOf(body, ['name']);
  if (refusal) {
    return refusal;
  }
  const { name } = texts;
  if (allProxies(deployment).some(found => found.name === name)) {
    return failure(409, `Workspace proxy with name "${name}" already exists.`);
  }
  const id = randomUUID();
  deployment.setup.proxies.set(name, id);
  deployment.changed();
  return json(201, {
    proxy: unregistered(deployment, { name, id }),
    proxy_token: newToken(deployment, id),
  });
}

/** Only the token can be renewed here. */
function change({ deployment, actor, parameters, body }: ApiRequest): Reply {
  if (!permits(actor?.roles ?? [], 'update', 'workspace_proxy')) {
    return FORBIDDEN;
  }
  const { refusal } = textsOf(body, ['name', 'display_name', 'icon']);
  if (refusal) {
    return refusal;
  }
  const found = allProxies(deployment).find(({ id, name }) =>
    [id, name].includes(parameters.workspaceproxy),
  );
  if (!found) {
    return RESOURCE_NOT_FOUND;
  }
  const { regenerate_token: renew } = JSON.parse(body.toString('utf8'));
  return json(200, {
    proxy: found,
    proxy_token: renew === true ? newToken(deployment, found.id) : '',
  });
}

/** The one before is void from then on. */
function newToken({ setup }: Deployment, id: string): string {
  const token = `${id}:${randomBytes(32).toString('hex')}`;
  setup.proxyTokens.set(id, token);
  return token;
}

/** Source: Coder, coderd/httpmw/workspaceproxy.go. No key is made up: nobody asks here for one that exists. */
function cryptoKeys({ deployment, headers, query }: ApiRequest): Reply {
  const token = headers[TOKEN_HEADER];
  if (!token) {
    return failure(401, 'Missing required external proxy token');
  }
  const known = [...deployment.setup.proxyTokens.values()];
  if (!known.some(candidate => candidate === token)) {
    return failure(
      401,
      'Invalid external proxy token',
      'Invalid proxy token secret.',
    );
  }
  return query.get('feature')
    ? json(200, { crypto_keys: [] })
    : failure(400, 'Query param "feature" is required.');
}

/** A proxy that nobody has started yet. */
function unregistered(
  deployment: Deployment,
  { name, id }: { name: string; id: string },
): Proxy {
  const now = deployment.now.toISOString();
  return {
    ...primary(deployment),
    id,
    name,
    display_name: name,
    icon_url: '/emojis/1f310.png',
    healthy: false,
    path_app_url: '',
    wildcard_hostname: '',
    status: {
      status: 'unregistered',
      report: { errors: [], warnings: [] },
      checked_at: now,
    },
    version: '',
  };
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
