import { z } from 'zod/v3';
import type { ServerTemplateVersion } from '../types';
import type { Endpoint } from './endpoint';
import { readJson, segment } from './endpoint';
import { maybe, wireObject } from './fromWire';

const versionSchema = wireObject({
  id: maybe(z.string()),
  template_id: maybe(z.string()),
  created_at: maybe(z.string()),
  updated_at: maybe(z.string()),
  name: maybe(z.string()),
  message: maybe(z.string()),
  archived: maybe(z.boolean()),
  job: maybe(
    wireObject({ status: maybe(z.string()), error: maybe(z.string()) }),
  ),
  created_by: maybe(wireObject({ username: maybe(z.string()) })),
});

function parseTemplateVersion(wire: unknown): ServerTemplateVersion {
  const version = versionSchema.parse(wire);
  return {
    id: version.id,
    templateId: version.template_id,
    name: version.name,
    message: version.message || undefined,
    archived: version.archived ?? false,
    jobStatus: version.job?.status,
    jobError: version.job?.error || undefined,
    createdBy: version.created_by?.username,
    createdAt: version.created_at,
    updatedAt: version.updated_at,
  };
}

/**
 * `GET /api/v2/templateversions/{templateversion}`.
 *
 * @internal
 */
export function templateVersionEndpoint(
  id: string,
): Endpoint<ServerTemplateVersion> {
  return {
    path: `/api/v2/templateversions/${segment(id)}`,
    token: 'required',
    read: readJson(parseTemplateVersion),
  };
}
