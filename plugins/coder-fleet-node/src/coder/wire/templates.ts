import { z } from 'zod/v3';
import type { ServerTemplate } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import {
  mapOf,
  maybe,
  measured,
  percentilesSchema,
  wireObject,
} from './fromWire';

const templateSchema = wireObject({
  id: maybe(z.string()),
  created_at: maybe(z.string()),
  updated_at: maybe(z.string()),
  organization_id: maybe(z.string()),
  organization_name: maybe(z.string()),
  name: maybe(z.string()),
  display_name: maybe(z.string()),
  active_version_id: maybe(z.string()),
  active_user_count: measured,
  build_time_stats: mapOf(percentilesSchema),
  deprecated: maybe(z.boolean()),
  deprecation_message: maybe(z.string()),
  created_by_name: maybe(z.string()),
  require_active_version: maybe(z.boolean()),
});

function parseTemplates(wire: unknown): ServerTemplate[] {
  return z
    .array(templateSchema)
    .parse(wire)
    .map(template => ({
      id: template.id,
      name: template.name,
      displayName: template.display_name || undefined,
      organizationId: template.organization_id,
      organizationName: template.organization_name,
      activeVersionId: template.active_version_id,
      activeUserCount: template.active_user_count,
      deprecated: template.deprecated ?? false,
      deprecationMessage: template.deprecation_message || undefined,
      requireActiveVersion: template.require_active_version ?? false,
      createdByName: template.created_by_name,
      createdAt: template.created_at,
      updatedAt: template.updated_at,
      buildTimesMs: Object.fromEntries(
        Object.entries(template.build_time_stats).map(
          ([transition, { p50, p95 }]) => [transition, { p50, p95 }],
        ),
      ),
    }));
}

/**
 * `GET /api/v2/templates`: those of all organizations that the token may see.
 *
 * @internal
 */
export const templatesEndpoint: Endpoint<ServerTemplate[]> = {
  path: '/api/v2/templates',
  token: 'required',
  read: readJson(parseTemplates),
};
