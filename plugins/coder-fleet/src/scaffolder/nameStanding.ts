import { toError } from '@backstage/errors';
import type { PermissionApi } from '@backstage/plugin-permission-react';
import {
  type CoderFleetApi,
  deploymentUpdatePermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * What is asked about a name.
 *
 * @internal
 */
export type NameApis = {
  api: Pick<CoderFleetApi, 'checkName' | 'getDeployment'>;
  /** Absent in an app without permissions: then nobody changes what others registered. */
  permissions?: PermissionApi;
};

/**
 * What a name would lead to: a new deployment, a change of one that the person may change, or nothing.
 *
 * @internal
 */
export type NameStanding =
  | { status: 'free' }
  | { status: 'changes'; displayName: string }
  | { status: 'problem'; problem: string };

/**
 * Whether a name can be had, or what has it can be changed. What others have stays unknown but for its name.
 * Throws nothing: a name that could not be checked is not free.
 *
 * @internal
 */
export async function nameStanding(
  name: string,
  apis: NameApis,
): Promise<NameStanding> {
  const problem = await takenProblem(name, apis);
  if (!problem) {
    return { status: 'free' };
  }
  try {
    if (await mayChange(name, apis)) {
      const { displayName } = await apis.api.getDeployment(name);
      return { status: 'changes', displayName };
    }
  } catch {
    // Nobody changes what cannot be looked at
  }
  return { status: 'problem', problem };
}

/**
 * Whether a name is that of a deployment that the person may change. Who may not register may change one all the
 * same.
 *
 * @internal
 */
export async function isChangeable(
  name: string,
  apis: NameApis,
): Promise<boolean> {
  return (
    (await takenProblem(name, apis)) !== undefined && mayChange(name, apis)
  );
}

/** Why a name cannot be had, in words. */
async function takenProblem(
  name: string,
  { api }: NameApis,
): Promise<string | undefined> {
  try {
    const { available } = await api.checkName(name);
    return available ? undefined : `The name "${name}" is taken`;
  } catch (error) {
    return `Whether the name "${name}" is taken could not be checked: ${
      toError(error).message
    }`;
  }
}

async function mayChange(
  name: string,
  { permissions }: NameApis,
): Promise<boolean> {
  const decision = await permissions?.authorize({
    permission: deploymentUpdatePermission,
    resourceRef: name,
  });
  return decision?.result === 'ALLOW';
}
