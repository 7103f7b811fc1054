import { type ApiHolder, discoveryApiRef } from '@backstage/core-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  fieldProblem,
  PLUGIN_ID,
  type PresentDeployment,
  readPresentDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../../api';
import { isChangeable } from '../nameStanding';

/**
 * What a request depends on beside its answers.
 *
 * @internal
 */
export type RequestContext = {
  /** What the request would change; absent for a new name, and for what the person may not change. */
  present?: PresentDeployment;
  /** Where backup jobs report to; absent when clusters cannot reach it safely. */
  reportsBaseUrl?: string;
};

/**
 * Asks for what the task will know, so that a preview is what the task does. Throws nothing: what cannot be
 * known now the task looks up itself.
 *
 * @internal
 */
export async function requestContext(
  name: unknown,
  apis: ApiHolder,
): Promise<RequestContext> {
  const [present, reportsBaseUrl] = await Promise.all([
    presentOf(name, apis).catch(() => undefined),
    reportsBaseUrlOf(apis).catch(() => undefined),
  ]);
  return {
    ...(present && { present }),
    ...(reportsBaseUrl && { reportsBaseUrl }),
  };
}

async function presentOf(
  name: unknown,
  apis: ApiHolder,
): Promise<PresentDeployment | undefined> {
  const api = apis.get(coderFleetApiRef);
  if (!api || typeof name !== 'string' || fieldProblem('name', name)) {
    return undefined;
  }
  const permissions = apis.get(permissionApiRef);
  return (await isChangeable(name, { api, permissions }))
    ? readPresentDeployment(api, name)
    : undefined;
}

async function reportsBaseUrlOf(apis: ApiHolder): Promise<string | undefined> {
  const url = await apis.get(discoveryApiRef)?.getBaseUrl(PLUGIN_ID);
  return fieldProblem('reportUrl', url) ? undefined : url;
}
