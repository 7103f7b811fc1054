import { z } from 'zod/v3';
import type { WorkspaceProxy } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { httpUrl, listOf, maybe, wireObject } from './fromWire';

const proxySchema = wireObject({
  id: maybe(z.string()),
  name: maybe(z.string()),
  display_name: maybe(z.string()),
  healthy: maybe(z.boolean()),
  path_app_url: maybe(z.string()),
  wildcard_hostname: maybe(z.string()),
  derp_enabled: maybe(z.boolean()),
  derp_only: maybe(z.boolean()),
  status: maybe(
    wireObject({
      status: maybe(z.string()),
      report: maybe(
        wireObject({
          errors: listOf(z.string()),
          warnings: listOf(z.string()),
        }),
      ),
      checked_at: maybe(z.string()),
    }),
  ),
  created_at: maybe(z.string()),
  deleted: maybe(z.boolean()),
  version: maybe(z.string()),
});

const regionsSchema = wireObject({ regions: listOf(proxySchema) });

/** The wire has one object; Coder's documentation says a list of them. */
const answerSchema = z.union([
  regionsSchema.transform(answer => [answer]),
  z.array(regionsSchema),
]);

function parseWorkspaceProxies(wire: unknown): WorkspaceProxy[] {
  return answerSchema
    .parse(wire)
    .flatMap(({ regions }) => regions)
    .map(proxy => ({
      id: proxy.id,
      name: proxy.name,
      displayName: proxy.display_name || undefined,
      healthy: proxy.healthy,
      status: proxy.status?.status,
      errors: proxy.status?.report?.errors ?? [],
      warnings: proxy.status?.report?.warnings ?? [],
      checkedAt: proxy.status?.checked_at,
      url: httpUrl(proxy.path_app_url),
      wildcardHostname: proxy.wildcard_hostname || undefined,
      derpEnabled: proxy.derp_enabled,
      derpOnly: proxy.derp_only,
      deleted: proxy.deleted ?? false,
      version: proxy.version || undefined,
      createdAt: proxy.created_at,
    }));
}

/**
 * `GET /api/v2/workspaceproxies`, for every user of a licensed deployment.
 *
 * @internal
 */
export const workspaceProxiesEndpoint: Endpoint<WorkspaceProxy[]> = {
  path: '/api/v2/workspaceproxies',
  token: 'required',
  enterprise: true,
  read: readJson(parseWorkspaceProxies),
};
