import { useApi } from '@backstage/core-plugin-api';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../api';
import { useLive, type Live } from './useLive';

/**
 * Everything about one deployment, kept fresh.
 *
 * @internal
 */
export function useDeployment(name: string): Live<DeploymentDetail> {
  const api = useApi(coderFleetApiRef);
  return useLive(() => api.getDeployment(name), name);
}
