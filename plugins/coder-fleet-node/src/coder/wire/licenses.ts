import { z } from 'zod/v3';
import type { ServerLicense } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { listOf, mapOf, maybe, unixTime, wireObject } from './fromWire';

const licenseSchema = wireObject({
  id: maybe(z.number()),
  uuid: maybe(z.string()),
  uploaded_at: maybe(z.string()),
  claims: maybe(
    wireObject({
      license_expires: maybe(z.number()),
      nbf: maybe(z.number()),
      trial: maybe(z.boolean()),
      account_type: maybe(z.string()),
      feature_set: maybe(z.string()),
      all_features: maybe(z.boolean()),
      deployment_ids: listOf(z.string()),
      features: mapOf(z.number()),
    }),
  ),
});

function parseLicenses(wire: unknown): ServerLicense[] {
  // Go writes null for a list that was never filled.
  return z
    .array(licenseSchema)
    .parse(wire ?? [])
    .map(({ id, uuid, uploaded_at, claims }) => ({
      id,
      uuid,
      uploadedAt: uploaded_at,
      expiresAt: unixTime(claims?.license_expires),
      notBefore: unixTime(claims?.nbf),
      trial: claims?.trial,
      accountType: claims?.account_type || undefined,
      featureSet: claims?.feature_set || undefined,
      allFeatures: claims?.all_features,
      deploymentIds: claims?.deployment_ids ?? [],
      features: claims?.features ?? {},
    }));
}

/**
 * `GET /api/v2/licenses`: none, too, when the token is not an Owner's.
 *
 * @internal
 */
export const licensesEndpoint: Endpoint<ServerLicense[]> = {
  path: '/api/v2/licenses',
  token: 'required',
  enterprise: true,
  read: readJson(parseLicenses),
};
