import type { Plan } from './plan';
import { placeOf, type PlannedRelease } from './planReleases';
import { LOAD_PARTS, Load } from './sizing';
import type { Sourced } from './source';
import type { ContainerSize } from './tiers';

/**
 * One figure of a plan by itself: sizes are taken apart.
 *
 * @public
 */
export type PlanFigure = {
  /** Stable, for example `provisioners.eu-west.replicas`. */
  path: string;
  /** For people. */
  label: string;
  value: number | string | boolean;
  /** Empty where the value needs none. */
  unit: string;
};

/**
 * A plan as a flat list of figures, in the order in which people read them.
 *
 * @public
 */
export function planFigures(plan: Plan): PlanFigure[] {
  const { load, controlPlane } = plan;
  return [
    figure('tier', 'Tier', plan.tier),
    figure('load.users', 'Users', load.users),
    figure(
      'load.runningWorkspaces',
      'Running workspaces',
      load.runningWorkspaces,
    ),
    figure('load.concurrentBuilds', 'Concurrent builds', load.concurrentBuilds),
    ...(load.agents ? [figure('load.agents', 'AI agents', load.agents)] : []),
    ...headroomFigures(plan),
    figure('release.version', 'Coder version', plan.release.version),
    ...releaseFigures('controlPlane', 'Control plane', controlPlane),
    figure(
      'controlPlane.builtInProvisioners',
      'Control plane, built-in provisioners',
      controlPlane.builtInProvisioners,
    ),
    ...plan.provisioners.flatMap(release =>
      releaseFigures(
        `provisioners.${placeOf(release)}`,
        `Provisioners in ${placeOf(release)}`,
        release,
      ),
    ),
    ...plan.proxies.flatMap(release =>
      releaseFigures(
        `proxies.${release.region}`,
        `Workspace proxy in ${release.region}`,
        release,
      ),
    ),
    ...databaseFigures(plan),
    ...workspaceFigures(plan),
    ...totalFigures(plan),
  ];
}

const LOAD_LABELS: Readonly<Record<keyof Load, string>> = {
  users: 'Users',
  runningWorkspaces: 'Running workspaces',
  concurrentBuilds: 'Concurrent builds',
};

function headroomFigures({ headroom }: Plan): PlanFigure[] {
  const { left, limits, growth, limitedBy, nextTier } = headroom;
  return [
    figure('headroom.limitedBy', 'Limited next by', limitedBy),
    {
      path: 'headroom.growth',
      label: 'Growth until then',
      value: Number((growth.value * 100).toFixed(2)),
      unit: '%',
    },
    ...LOAD_PARTS.flatMap(part => [
      figure(
        `headroom.limits.${part}`,
        `${LOAD_LABELS[part]} at most`,
        limits[part],
      ),
      figure(`headroom.left.${part}`, `${LOAD_LABELS[part]} left`, left[part]),
    ]),
    ...(nextTier ? [figure('headroom.nextTier', 'Next tier', nextTier)] : []),
  ];
}

function databaseFigures({ database }: Plan): PlanFigure[] {
  return [
    figure('database.vcpu', 'Database, vCPU', database.vcpu, 'vCPU'),
    figure('database.memoryGB', 'Database, memory', database.memoryGB, 'GB'),
    figure('database.storageGB', 'Database, storage', database.storageGB, 'GB'),
    figure('database.sizeClass', 'Database, size', database.sizeClass),
    figure(
      'database.highlyAvailable',
      'Database, standby',
      database.highlyAvailable,
    ),
    figure(
      'database.connectionsPerReplica',
      'Database, connections of each replica',
      database.connectionsPerReplica,
    ),
    figure(
      'database.maxConnections',
      'Database, max_connections',
      database.maxConnections,
    ),
  ];
}

function workspaceFigures({ workspaces }: Plan): PlanFigure[] {
  return [
    ...sizeFigures(
      'workspaces.container',
      'Workspace, each',
      workspaces.container,
    ),
    ...sizeFigures('workspaces.node', 'Workspace node, each', workspaces.node),
    figure('workspaces.perNode', 'Workspaces on a node', workspaces.perNode),
    figure('workspaces.nodes', 'Workspace nodes', workspaces.nodes),
    figure(
      'workspaces.maxNodes',
      'Workspace nodes, upper end of autoscaling',
      workspaces.maxNodes,
    ),
    ...workspaces.regions.flatMap(({ region, running, nodes }) => [
      figure(
        `workspaces.regions.${region}.running`,
        `Running workspaces in ${region}`,
        running,
      ),
      figure(
        `workspaces.regions.${region}.nodes`,
        `Workspace nodes in ${region}`,
        nodes,
      ),
    ]),
  ];
}

function totalFigures({ totals }: Plan): PlanFigure[] {
  return [
    figure(
      'totals.controlPlaneVcpu',
      'All control plane replicas, vCPU',
      totals.controlPlaneVcpu,
      'vCPU',
    ),
    figure(
      'totals.controlPlaneMemoryGiB',
      'All control plane replicas, memory',
      totals.controlPlaneMemoryGiB,
      'GiB',
    ),
    figure('totals.proxyReplicas', 'All proxy replicas', totals.proxyReplicas),
    figure('totals.provisioners', 'All provisioners', totals.provisioners),
  ];
}

function releaseFigures(
  path: string,
  label: string,
  release: PlannedRelease,
): PlanFigure[] {
  return [
    figure(`${path}.replicas`, `${label}, replicas`, release.replicas),
    ...sizeFigures(
      `${path}.container`,
      `${label}, each replica`,
      release.container,
    ),
  ];
}

function sizeFigures(
  path: string,
  label: string,
  { value }: Sourced<ContainerSize>,
): PlanFigure[] {
  return [
    {
      path: `${path}.cpu`,
      label: `${label}, CPU`,
      value: value.cpuMillis / 1000,
      unit: 'vCPU',
    },
    {
      path: `${path}.memory`,
      label: `${label}, memory`,
      value: value.memoryGiB,
      unit: 'GiB',
    },
  ];
}

function figure(
  path: string,
  label: string,
  { value }: Sourced<number | string | boolean>,
  unit = '',
): PlanFigure {
  return { path, label, value, unit };
}
