import type { ReachabilityFact } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { httpUrl, maybe, wireObject } from './fromWire';

const buildInfoSchema = wireObject({
  version: z.string().min(1),
  deployment_id: maybe(z.string()),
  dashboard_url: maybe(z.string()),
  workspace_proxy: maybe(z.boolean()),
});

/**
 * `GET /api/v2/buildinfo`. Throws a `ZodError` when there is no version.
 *
 * @internal
 */
export function parseBuildInfo(wire: unknown): ReachabilityFact {
  const info = buildInfoSchema.parse(wire);
  return {
    version: info.version,
    deploymentId: info.deployment_id || undefined,
    dashboardUrl: httpUrl(info.dashboard_url),
    workspaceProxy: info.workspace_proxy,
  };
}

/**
 * Who answers, and in which version.
 *
 * @internal
 */
export const buildInfoEndpoint: Endpoint<ReachabilityFact> = {
  path: '/api/v2/buildinfo',
  token: 'never',
  read: readJson(parseBuildInfo),
};
