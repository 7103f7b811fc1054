import type { Plan, PlannedRelease } from '../architecture/plan';
import type { Sourced } from '../architecture/source';
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
  const { load, release, controlPlane, database } = plan;
  return [
    row('Tier', plan.tier, name => `${name} users`),
    row('Users', load.users),
    row('Running workspaces', load.runningWorkspaces),
    row('Concurrent builds', load.concurrentBuilds),
    row('Coder version', release.version),
    row('Control plane, replicas', controlPlane.replicas),
    row('Control plane, each replica', controlPlane.container, size),
    row(
      'Control plane, built-in provisioners',
      controlPlane.builtInProvisioners,
    ),
    ...plan.provisioners.flatMap(pods => releaseRows('Provisioners', pods)),
    ...plan.proxies.flatMap(pods => releaseRows('Workspace proxy', pods)),
    row('Database, vCPU', database.vcpu),
    row('Database, memory', database.memoryGB, gb => `${gb} GB`),
    row('Database, storage', database.storageGB, gb => `${gb} GB`),
    row('Database, max_connections', database.maxConnections, n => `≥ ${n}`),
  ];
}

function releaseRows(what: string, release: PlannedRelease): PlanRow[] {
  const where = `${what} in ${release.region}`;
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
    ?.map(other => `${format(other.value)} (${other.source.title})`)
    .join(', ');
  return {
    label,
    value: format(figure.value),
    source: figure.source.title,
    ...(figure.source.url && { url: figure.source.url }),
    ...(figure.note && { note: figure.note }),
    ...(alternatives && { alternatives }),
  };
}
