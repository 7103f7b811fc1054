import type { EntitlementsFact } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { listOf, mapOf, maybe, wireObject } from './fromWire';

const featureSchema = wireObject({
  entitlement: maybe(z.string()),
  enabled: maybe(z.boolean()),
  limit: maybe(z.number()),
  actual: maybe(z.number()),
});

const entitlementsSchema = wireObject({
  features: mapOf(featureSchema),
  has_license: z.boolean(),
  trial: maybe(z.boolean()),
  warnings: listOf(z.string()),
  errors: listOf(z.string()),
});

/** A feature works in these; others, also future ones, do not count as entitled. */
const WORKING = ['entitled', 'grace_period'];

/**
 * `GET /api/v2/entitlements`. Throws a `ZodError` when it does not tell whether there is a licence.
 *
 * @internal
 */
export function parseEntitlements(wire: unknown): EntitlementsFact {
  const entitlements = entitlementsSchema.parse(wire);
  const features = Object.entries(entitlements.features);
  const users = new Map(features).get('user_limit');
  return {
    hasLicense: entitlements.has_license,
    trial: entitlements.trial ?? false,
    enabledFeatures: features
      .filter(
        ([, feature]) =>
          feature.enabled && WORKING.includes(feature.entitlement ?? ''),
      )
      .map(([name]) => name)
      .sort(),
    seats: users && { actual: users.actual, limit: users.limit },
    warnings: entitlements.warnings,
    errors: entitlements.errors,
  };
}

/**
 * Licence and features.
 *
 * @internal
 */
export const entitlementsEndpoint: Endpoint<EntitlementsFact> = {
  path: '/api/v2/entitlements',
  token: 'optional',
  enterprise: true,
  read: readJson(parseEntitlements),
};
