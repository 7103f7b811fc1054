import { useApi } from '@backstage/core-plugin-api';
import type { FleetSummary } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../api';
import { useLive, type Live } from './useLive';

/**
 * Counts per state and the values that filters can take, kept fresh.
 *
 * @internal
 */
export function useFleetSummary(): Live<FleetSummary> {
  const api = useApi(coderFleetApiRef);
  return useLive(() => api.getSummary(), 'summary');
}
