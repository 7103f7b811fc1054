import { useApi } from '@backstage/core-plugin-api';
import type { CvaReport } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../api';
import { useLive, type Live } from './useLive';

/**
 * What the rules say of a deployment, kept fresh.
 *
 * @internal
 */
export function useCva(name: string): Live<CvaReport> {
  const api = useApi(coderFleetApiRef);
  return useLive(() => api.getCva(name), name);
}
