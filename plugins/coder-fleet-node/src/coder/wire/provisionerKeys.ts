import { z } from 'zod/v3';
import type { ProvisionerKey } from '../provisioningTypes';
import type { Endpoint } from './endpoint';
import { readJson, segment } from './endpoint';
import { mapOf, maybe, wireObject } from './fromWire';

const keySchema = wireObject({
  id: maybe(z.string()),
  created_at: maybe(z.string()),
  organization: maybe(z.string()),
  name: maybe(z.string()),
  tags: mapOf(z.string()),
});

function parseProvisionerKeys(wire: unknown): ProvisionerKey[] {
  return z
    .array(keySchema)
    .parse(wire)
    .map(key => ({
      id: key.id,
      name: key.name,
      organizationId: key.organization,
      tags: key.tags,
      createdAt: key.created_at,
    }));
}

/**
 * `GET /api/v2/organizations/{organization}/provisionerkeys`, for Template Admins of a licensed
 * deployment; the reserved keys are not among them.
 *
 * @internal
 */
export function provisionerKeysEndpoint(
  organization: string,
): Endpoint<ProvisionerKey[]> {
  return {
    path: `/api/v2/organizations/${segment(organization)}/provisionerkeys`,
    token: 'required',
    enterprise: true,
    read: readJson(parseProvisionerKeys),
  };
}
