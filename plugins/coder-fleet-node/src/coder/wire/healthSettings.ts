import { z } from 'zod/v3';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { listOf, wireObject } from './fromWire';

const settingsSchema = wireObject({
  dismissed_healthchecks: listOf(z.string()),
});

/**
 * `GET /api/v2/debug/health/settings`, for Owners: the names of dismissed sections, `DERP`.
 *
 * @internal
 */
export const dismissedHealthChecksEndpoint: Endpoint<string[]> = {
  path: '/api/v2/debug/health/settings',
  token: 'required',
  read: readJson(wire => settingsSchema.parse(wire).dismissed_healthchecks),
};
