import { useApi } from '@backstage/core-plugin-api';
import type { PendingRequest } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../api';
import { useLive, type Live } from './useLive';

/**
 * Requests that wait for a waiver which the user may grant, kept fresh.
 *
 * @internal
 */
export function usePendingRequests(): Live<{ items: PendingRequest[] }> {
  const api = useApi(coderFleetApiRef);
  return useLive(() => api.listPendingRequests(), 'pending');
}
