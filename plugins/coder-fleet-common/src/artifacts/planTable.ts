import { placeOf, type Plan, type PlannedRelease } from '../architecture/plan';
import type { PlanRemark } from '../architecture/planRemarks';
import type { Load } from '../architecture/sizing';
import type { Source, Sourced } from '../architecture/source';
import type { ContainerSize } from '../architecture/tiers';

/**
 * One line of a plan for people: what, how much, and where the figure comes from.
 *
 * @public
 */
export type PlanRow = {
  label: string;
  value: string;
  source: string;
  url?: string;
  note?: string;
  /** What other texts say. */
  alternatives?: string;
};

/**
 * A plan as a table: the form's log, the page and the README show the same rows.
 *
 * @public
 */
export function planRows(plan: Plan): PlanRow[] {
  const { load, release, controlPlane } = plan;
  return [
    row('Tier', plan.tier, name => `${name} users`),
    row('Users', load.users),
    row('Running workspaces', load.runningWorkspaces),
    row('Concurrent builds', load.concurrentBuilds),
    ...(load.agents ? [row('AI agents', load.agents)] : []),
    headroomRow(plan),
    row('Coder version', release.version),
    row('Control plane, replicas', controlPlane.replicas),
    row('Control plane, each replica', controlPlane.container, size),
    row(
      'Control plane, built-in provisioners',
      controlPlane.builtInProvisioners,
    ),
    ...plan.provisioners.flatMap(pods => releaseRows('Provisioners', pods)),
    ...plan.proxies.flatMap(pods => releaseRows('Workspace proxy', pods)),
    ...databaseRows(plan),
    ...workspaceRows(plan),
    row('All control plane replicas, vCPU', plan.totals.controlPlaneVcpu),
    row('All provisioners', plan.totals.provisioners),
    ...plan.remarks.map(remarkRow),
  ];
}

const LOAD_WORDS: Readonly<Record<keyof Load, string>> = {
  users: 'users',
  runningWorkspaces: 'running workspaces',
  concurrentBuilds: 'concurrent builds',
};

/** What the tier carries more, by the part of the load that ends first. */
function headroomRow({ headroom }: Plan): PlanRow {
  const part = headroom.limitedBy.value;
  const { value, source, note } = headroom.left[part];
  const next = headroom.nextTier
    ? `then tier ${headroom.nextTier.value}`
    : 'no larger tier was validated';
  return {
    label: 'Headroom',
    value: `${value} ${LOAD_WORDS[part]}`,
    ...sourceCells(source),
    note: `${note}; ${next}`,
  };
}

function databaseRows({ database }: Plan): PlanRow[] {
  return [
    row('Database, vCPU', database.vcpu),
    row('Database, memory', database.memoryGB, gb => `${gb} GB`),
    row('Database, storage', database.storageGB, gb => `${gb} GB`),
    row('Database, standby', database.highlyAvailable, yes =>
      yes ? 'yes' : 'no',
    ),
    row('Database, max_connections', database.maxConnections, n => `≥ ${n}`),
  ];
}

function workspaceRows({ workspaces }: Plan): PlanRow[] {
  return [
    row('Workspace, each', workspaces.container, size),
    row('Workspace node, each', workspaces.node, size),
    row('Workspaces on a node', workspaces.perNode),
    row('Workspace nodes', workspaces.nodes),
    row('Workspace nodes, at most', workspaces.maxNodes),
    ...(workspaces.regions.length > 1
      ? workspaces.regions.map(({ region, nodes }) =>
          row(`Workspace nodes in ${region}`, nodes),
        )
      : []),
  ];
}

const REMARK_LABELS: Readonly<Record<PlanRemark['topic'], string>> = {
  'ai-gateway': 'AI gateway',
  'largest-tier': 'Beyond this tier',
  'peak-requests': 'Requests at the peak',
};

function remarkRow({ topic, value, text, source }: PlanRemark): PlanRow {
  return {
    label: REMARK_LABELS[topic],
    value,
    ...sourceCells(source),
    note: text,
  };
}

function releaseRows(what: string, release: PlannedRelease): PlanRow[] {
  const where = `${what} in ${placeOf(release)}`;
  return [
    row(`${where}, replicas`, release.replicas),
    row(`${where}, each replica`, release.container, size),
  ];
}

function size(container: ContainerSize): string {
  return `${container.cpuMillis / 1000} vCPU, ${container.memoryGiB} GiB`;
}

function row<T>(
  label: string,
  figure: Sourced<T>,
  format: (value: T) => string = String,
): PlanRow {
  const alternatives = figure.alternatives
    ?.map(other => `${format(other.value)} (${pageOf(other.source)})`)
    .join(', ');
  return {
    label,
    value: format(figure.value),
    ...sourceCells(figure.source),
    ...(figure.note && { note: figure.note }),
    ...(alternatives && { alternatives }),
  };
}

function sourceCells(source: Source): Pick<PlanRow, 'source' | 'url'> {
  return { source: pageOf(source), ...(source.url && { url: source.url }) };
}

function pageOf({ title, section }: Source): string {
  return section ? `${title}, ${section}` : title;
}
