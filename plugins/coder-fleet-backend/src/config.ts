import { readDurationFromConfig } from '@backstage/config';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  CVA_GENERATION_KEY,
  type CvaGeneration,
  cvaGenerationOf,
  parsePlaces,
  parsePublishHosts,
  parseRequestPolicies,
  PLACES_KEY,
  PUBLISH_HOSTS_KEY,
  REQUEST_POLICIES_KEY,
  type RequestPolicy,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

const DEFAULT_CYCLE_MS = 60_000;
const DEFAULT_HEALTH_MS = 60_000;
const MIN_MS = 1_000;

/**
 * `coderFleet.tracker`, in milliseconds.
 *
 * @internal
 */
export type TrackerConfig = { cycleMs: number; healthMs: number };

/**
 * Reads `coderFleet.tracker`; every key is optional. Throws an `InputError`.
 *
 * @internal
 */
export function readTrackerConfig(config: Config): TrackerConfig {
  return {
    cycleMs: readMs(config, 'coderFleet.tracker.cycle') ?? DEFAULT_CYCLE_MS,
    healthMs: readMs(config, 'coderFleet.tracker.health') ?? DEFAULT_HEALTH_MS,
  };
}

/**
 * The generation of the architecture's tables. Throws an `InputError`.
 *
 * @internal
 */
export function readCvaGeneration(config: Config): CvaGeneration {
  return cvaGenerationOf(config.getOptionalString(CVA_GENERATION_KEY));
}

/**
 * What business units may ask for. Throws an `InputError`.
 *
 * @internal
 */
export function readRequestPolicies(config: Config): RequestPolicy[] {
  return parseRequestPolicies(config.getOptional(REQUEST_POLICIES_KEY));
}

/**
 * Checks what only the form of the browser reads: a portal says when it starts what is wrong with its
 * configuration. Throws an `InputError`.
 *
 * @internal
 */
export function assertFormConfig(config: Config): void {
  parsePlaces(config.getOptional(PLACES_KEY));
  parsePublishHosts(config.getOptional(PUBLISH_HOSTS_KEY));
}

function readMs(config: Config, key: string): number | undefined {
  if (!config.has(key)) {
    return undefined;
  }
  const ms = durationToMilliseconds(readDurationFromConfig(config, { key }));
  if (ms < MIN_MS) {
    throw new InputError(`${key} must be at least 1 second`);
  }
  return ms;
}
