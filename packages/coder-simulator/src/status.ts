import type { Deployment, DeploymentState } from './deployment/Deployment';
import type { Edition } from './deployment/DeploymentConfig';
import type { Faults } from './faults/faults';

/**
 * What the simulator tells of one deployment. Never a token.
 *
 * @public
 */
export type DeploymentStatus = {
  name: string;
  state: DeploymentState;
  faults: Faults;
  /** Why the last commit was not booted. */
  problem?: string;
  /** As reported, `v2.36.5+abc1234`. Absent until something was booted, as all that follows. */
  version?: string;
  edition?: Edition;
  accessUrl?: string;
  replicas?: number;
  deploymentId?: string;
};

/**
 * The status of a deployment that was booted at least once.
 *
 * @internal
 */
export function statusOf(
  deployment: Deployment,
  problem: string | undefined,
): DeploymentStatus {
  const { name, state, faults, version, config, id } = deployment;
  return {
    name,
    state,
    faults,
    ...(problem === undefined ? {} : { problem }),
    version,
    edition: config.edition,
    accessUrl: config.accessUrl,
    replicas: config.replicas,
    deploymentId: id,
  };
}
