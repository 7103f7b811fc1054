import type {
  CoderDeployment,
  DeploymentSpec,
} from '../deployment/DeploymentSpec';
import {
  latestOfChannel,
  releaseSupport,
  ReleaseSupport,
} from '../release/support';
import { formatCoderVersion, requireCoderVersion } from '../release/version';
import { Headroom, headroomOf } from './headroom';
import { PlanRemark, remarksOf } from './planRemarks';
import { PlannedDatabase, planDatabase } from './planDatabase';
import {
  PlannedControlPlane,
  PlannedRelease,
  percent,
  planControlPlane,
  planProvisioners,
  planProxies,
} from './planReleases';
import { PlanTotals, totalsOf } from './planTotals';
import { PlannedWorkspaces, planWorkspaces } from './planWorkspaces';
import { SCALING } from './reference/scaling';
import {
  BUILDS_PER_RUNNING_WORKSPACE,
  Load,
  LoadInput,
  ceil,
  loadOf,
  tierFor,
} from './sizing';
import { Sourced, SOURCES } from './source';
import { CVA_GENERATION, CvaGeneration, TierName } from './tiers';

export { placeOf } from './planReleases';
export type { PlannedControlPlane, PlannedRelease };

/**
 * The architecture that the CVA derives from a spec. Every figure says where it came from.
 *
 * @public
 */
export type Plan = {
  name: string;
  /** Generation of the CVA's tables. */
  cvaGeneration: CvaGeneration;
  tier: Sourced<TierName>;
  load: {
    users: Sourced<number>;
    runningWorkspaces: Sourced<number>;
    concurrentBuilds: Sourced<number>;
    /** AI agents; part of the running workspaces and of the builds. */
    agents?: Sourced<number>;
  };
  /** What limits the tier next, and how far away it is. */
  headroom: Headroom;
  release: {
    /** `2.36.5` */
    version: Sourced<string>;
    support: ReleaseSupport;
  };
  controlPlane: PlannedControlPlane;
  /** External provisioners; empty in the community edition. */
  provisioners: PlannedRelease[];
  /** Workspace proxies of the regions but the first; empty in the community edition. */
  proxies: PlannedRelease[];
  database: PlannedDatabase;
  /** Machines for workspaces. */
  workspaces: PlannedWorkspaces;
  /** Of all regions together. */
  totals: PlanTotals;
  /** What no figure says. */
  remarks: PlanRemark[];
};

/**
 * What a plan is made with.
 *
 * @public
 */
export type PlanOptions = {
  /** Whose tables are taken; the newest when nothing is said. */
  generation?: CvaGeneration;
};

/**
 * What a spec says of the load.
 *
 * @public
 */
export function loadInputOf(
  spec: Pick<DeploymentSpec, 'users' | 'workspaces' | 'ai'>,
): LoadInput {
  return {
    users: spec.users.expected,
    activeShare: spec.users.activeShare,
    runningWorkspaces: spec.workspaces?.running,
    concurrentBuilds: spec.workspaces?.concurrentBuilds,
    agents: spec.ai?.agents,
  };
}

/**
 * Derives the architecture of a deployment. Throws an `InputError` when no validated architecture
 * covers its load.
 *
 * @public
 */
export function plan(
  deployment: CoderDeployment,
  options: PlanOptions = {},
): Plan {
  const { generation = CVA_GENERATION } = options;
  const { spec } = deployment;
  const load = loadOf(loadInputOf(spec));
  const tier = tierFor(load, generation);
  const controlPlane = planControlPlane({ deployment, tier, load });
  const proxies = planProxies(deployment, tier);
  const workspaces = planWorkspaces({
    spec,
    tier,
    running: load.runningWorkspaces,
  });
  return {
    name: deployment.metadata.name,
    cvaGeneration: generation,
    tier: {
      value: tier.name,
      source: tier.sources.limits,
      note: 'the smallest tier that carries users, running workspaces and concurrent builds',
    },
    load: planLoad(spec, load),
    headroom: headroomOf({ load, tier, generation }),
    release: planRelease(spec),
    controlPlane,
    provisioners: planProvisioners(deployment, tier),
    proxies,
    database: planDatabase({
      tier,
      activeUsers: ceil(spec.users.expected * spec.users.activeShare),
      replicas: controlPlane.replicas.value,
      standby: spec.database.highlyAvailable,
    }),
    workspaces,
    totals: totalsOf({ deployment, tier, controlPlane, proxies, workspaces }),
    remarks: remarksOf({ deployment, tier, generation }),
  };
}

function planLoad(spec: DeploymentSpec, load: Load): Plan['load'] {
  const agents = spec.ai?.agents ?? 0;
  const withAgents = agents > 0 ? `, and ${agents} AI agents` : '';
  const { running, concurrentBuilds } = spec.workspaces ?? {};
  const byUsers =
    ceil(spec.users.expected * SCALING.buildShareOfUsers.value) + agents;
  return {
    users: { value: load.users, source: SOURCES.request },
    runningWorkspaces: {
      value: load.runningWorkspaces,
      source: SOURCES.request,
      note: `${
        running === undefined
          ? `${load.users} users, ${percent(spec.users.activeShare)} active`
          : `${running} as asked for`
      }${withAgents}`,
    },
    concurrentBuilds:
      concurrentBuilds === undefined
        ? {
            value: load.concurrentBuilds,
            source: SOURCES.cva,
            note: `${percent(
              BUILDS_PER_RUNNING_WORKSPACE,
            )} of the running workspaces, as in every tier${withAgents}`,
            ...(byUsers !== load.concurrentBuilds && {
              alternatives: [
                { value: byUsers, source: SCALING.buildShareOfUsers.source },
              ],
            }),
          }
        : {
            value: load.concurrentBuilds,
            source: SOURCES.request,
            note: `${concurrentBuilds} as asked for${withAgents}`,
          },
    ...(agents > 0 && {
      agents: {
        value: agents,
        source: SOURCES.request,
        note: 'each counts as a running workspace and as a build',
      },
    }),
  };
}

function planRelease(spec: DeploymentSpec): Plan['release'] {
  const version: Sourced<string> =
    'channel' in spec.release
      ? {
          value: latestOfChannel(spec.release.channel),
          source: SOURCES.releases,
          note: `the newest release in ${spec.release.channel}`,
        }
      : {
          value: formatCoderVersion(requireCoderVersion(spec.release.version)),
          source: SOURCES.request,
        };
  return {
    version,
    support: releaseSupport(requireCoderVersion(version.value)),
  };
}
