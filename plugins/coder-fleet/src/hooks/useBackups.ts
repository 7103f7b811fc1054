import { useApi } from '@backstage/core-plugin-api';
import type { BackupsReport } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../api';
import { useLive, type Live } from './useLive';

/**
 * How a deployment stands with its backups, kept fresh.
 *
 * @internal
 */
export function useBackups(name: string): Live<BackupsReport> {
  const api = useApi(coderFleetApiRef);
  return useLive(() => api.getBackups(name), name);
}
