import type { ConfigApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import {
  parsePlaces,
  PLACES_KEY,
  type RequestOffer,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { policiesOf } from '../CoderFleetPlan/planConfig';

/**
 * What this portal offers by its configuration, or why that cannot be told.
 *
 * @internal
 */
export type ConfiguredOffer =
  | { offer: Omit<RequestOffer, 'units'>; problem?: undefined }
  | { offer?: undefined; problem: string };

/**
 * Reads places and what units may ask for. Throws nothing: a form without choices is better than none.
 *
 * @internal
 */
export function configuredOffer(
  config: Pick<ConfigApi, 'getOptional'> | undefined,
): ConfiguredOffer {
  try {
    return {
      offer: {
        places: parsePlaces(config?.getOptional(PLACES_KEY)),
        policies: policiesOf(config),
      },
    };
  } catch (error) {
    return { problem: toError(error).message };
  }
}
