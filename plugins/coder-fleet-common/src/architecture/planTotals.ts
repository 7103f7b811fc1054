import type { CoderDeployment } from '../deployment/DeploymentSpec';
import type { PlannedControlPlane, PlannedRelease } from './planReleases';
import type { PlannedWorkspaces } from './planWorkspaces';
import { SCALING } from './reference/scaling';
import { ceil } from './sizing';
import { SOURCES, Sourced } from './source';
import type { Tier } from './tiers';

/**
 * What the architecture takes in all regions together. A region's part is rounded up, so the parts may
 * come to a little more.
 *
 * @public
 */
export type PlanTotals = {
  /** Of all replicas of the control plane. */
  controlPlaneVcpu: Sourced<number>;
  controlPlaneMemoryGiB: Sourced<number>;
  /** Replicas of all workspace proxies. */
  proxyReplicas: Sourced<number>;
  /** External provisioners. */
  provisioners: Sourced<number>;
  /** Machines for workspaces, each full. */
  workspaceNodes: Sourced<number>;
};

/** @internal */
export function totalsOf(options: {
  deployment: CoderDeployment;
  tier: Tier;
  controlPlane: PlannedControlPlane;
  proxies: readonly PlannedRelease[];
  workspaces: PlannedWorkspaces;
}): PlanTotals {
  const { deployment, tier, controlPlane, proxies, workspaces } = options;
  const { users, edition } = deployment.spec;
  const replicas = controlPlane.replicas.value;
  const { cpuMillis, memoryGiB } = controlPlane.container.value;
  const formulaVcpu = Math.max(
    SCALING.minControlPlaneVcpu.value,
    ceil(users.expected / SCALING.usersPerControlPlaneVcpu.value),
  );
  return {
    controlPlaneVcpu: {
      value: (replicas * cpuMillis) / 1000,
      source: controlPlane.container.source,
      alternatives: [
        { value: formulaVcpu, source: SCALING.usersPerControlPlaneVcpu.source },
      ],
    },
    controlPlaneMemoryGiB: {
      value: replicas * memoryGiB,
      source: controlPlane.container.source,
      alternatives: [
        {
          value: formulaVcpu * SCALING.memoryGBPerControlPlaneVcpu.value,
          source: SCALING.memoryGBPerControlPlaneVcpu.source,
        },
      ],
    },
    proxyReplicas: {
      value: proxies.reduce((sum, proxy) => sum + proxy.replicas.value, 0),
      source: tier.sources.proxies,
    },
    provisioners:
      edition === 'premium'
        ? provisionersOf(tier)
        : {
            value: 0,
            source: SOURCES.editions,
            note: 'external provisioners need Premium',
            alternatives: [
              {
                value: tier.provisioners.replicas,
                source: tier.sources.provisioners,
              },
            ],
          },
    workspaceNodes: workspaces.nodes,
  };
}

function provisionersOf({
  provisioners,
  limits,
  sources,
}: Tier): Sourced<number> {
  const { buildsPerProvisionerVcpu } = SCALING;
  return {
    value: provisioners.replicas,
    source: sources.provisioners,
    note: 'one for each concurrent build that the tier carries',
    alternatives: [
      {
        value: ceil(limits.concurrentBuilds / buildsPerProvisionerVcpu.value),
        source: buildsPerProvisionerVcpu.source,
      },
    ],
  };
}
