import type { ConfigApi } from '@backstage/core-plugin-api';
import {
  CVA_GENERATION_KEY,
  type CvaGeneration,
  cvaGenerationOf,
  parseRequestPolicies,
  REQUEST_POLICIES_KEY,
  type RequestPolicy,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * Whose tables this portal plans by.
 *
 * @internal
 */
export function generationOf(
  config: Pick<ConfigApi, 'getOptionalString'> | undefined,
): CvaGeneration {
  return cvaGenerationOf(config?.getOptionalString(CVA_GENERATION_KEY));
}

/**
 * What business units may ask for in this portal.
 *
 * @internal
 */
export function policiesOf(
  config: Pick<ConfigApi, 'getOptional'> | undefined,
): RequestPolicy[] {
  return parseRequestPolicies(config?.getOptional(REQUEST_POLICIES_KEY));
}
