import { z } from 'zod/v3';
import type { Organization } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { maybe, wireObject } from './fromWire';

const organizationSchema = wireObject({
  id: z.string(),
  name: maybe(z.string()),
  display_name: maybe(z.string()),
  is_default: maybe(z.boolean()),
});

function parseOrganizations(wire: unknown): Organization[] {
  return z
    .array(organizationSchema)
    .parse(wire)
    .map(organization => ({
      id: organization.id,
      name: organization.name,
      displayName: organization.display_name || undefined,
      isDefault: organization.is_default ?? false,
    }));
}

/**
 * `GET /api/v2/organizations`: those that the token may see.
 *
 * @internal
 */
export const organizationsEndpoint: Endpoint<Organization[]> = {
  path: '/api/v2/organizations',
  token: 'required',
  read: readJson(parseOrganizations),
};
