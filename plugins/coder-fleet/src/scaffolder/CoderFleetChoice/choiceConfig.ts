import type { ConfigApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import {
  parsePlaces,
  parsePublishHosts,
  PLACES_KEY,
  PUBLISH_HOSTS_KEY,
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
 * What a portal offers where nothing is configured.
 *
 * @internal
 */
export const DEFAULT_OFFER: Omit<RequestOffer, 'units'> = {
  places: parsePlaces(undefined),
  policies: [],
  hosts: parsePublishHosts(undefined),
};

/**
 * Reads places, hosts and what units may ask for. Throws nothing: a form without choices is better than none.
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
        hosts: parsePublishHosts(config?.getOptional(PUBLISH_HOSTS_KEY)),
      },
    };
  } catch (error) {
    return { problem: toError(error).message };
  }
}
