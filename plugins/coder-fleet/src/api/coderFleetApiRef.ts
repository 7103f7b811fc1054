import { createApiRef } from '@backstage/core-plugin-api';
import type { CoderFleetApi } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * The tracker's HTTP API, as pages and cards use it.
 *
 * @public
 */
export const coderFleetApiRef = createApiRef<CoderFleetApi>({
  id: 'plugin.coder-fleet.service',
});
