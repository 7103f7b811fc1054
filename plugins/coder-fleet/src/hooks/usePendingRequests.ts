import { useApi } from '@backstage/core-plugin-api';
import type { PendingRequest } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../api';
import { useLive, type Live } from './useLive';

/**
 * Requests that wait for a waiver or an approval which the user may give, and the user's own that wait for an
 * approval, kept fresh.
 *
 * @internal
 */
export function usePendingRequests(): Live<{ items: PendingRequest[] }> {
  const api = useApi(coderFleetApiRef);
  return useLive(() => api.listPendingRequests(), 'pending');
}
