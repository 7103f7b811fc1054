import type { ConfigApi } from '@backstage/core-plugin-api';
import {
  CVA_GENERATION_KEY,
  type CvaGeneration,
  cvaGenerationOf,
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
