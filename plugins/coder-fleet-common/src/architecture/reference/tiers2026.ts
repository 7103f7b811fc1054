import { SOURCES, inSection } from '../source';
import type { ContainerSize, Tier, TierName } from '../tiers';

const LARGE: ContainerSize = { cpuMillis: 4000, memoryGiB: 12 };
const PROVISIONER: ContainerSize = { cpuMillis: 1000, memoryGiB: 1 };

function pageOf(name: TierName): Pick<Tier, 'name' | 'source' | 'sources'> {
  const source = SOURCES.tierPage(name);
  return {
    name,
    source,
    sources: {
      limits: inSection(source, 'Limits'),
      controlPlane: inSection(source, 'Coderd'),
      proxies: inSection(source, 'Workspace proxies'),
      provisioners: inSection(source, 'Provisioners'),
      database: inSection(source, 'Database'),
      workspaces: inSection(source, 'Workspaces'),
    },
  };
}

/**
 * The CVA's sizing tables as they are now, smallest first. Each figure of a row is from the row's
 * page.
 * Source: the pages "1k-users" to "10k-users" of the CVA, read on 2026-10.
 *
 * @public
 */
export const TIERS_2026: readonly Tier[] = [
  {
    ...pageOf('1k'),
    limits: { users: 1000, runningWorkspaces: 600, concurrentBuilds: 60 },
    controlPlane: {
      replicas: 3,
      container: { cpuMillis: 2000, memoryGiB: 8 },
    },
    provisioners: { replicas: 60, container: PROVISIONER },
    database: { vcpu: 8, memoryGB: 30, replicas: 1 },
  },
  {
    ...pageOf('2k'),
    limits: { users: 2000, runningWorkspaces: 1200, concurrentBuilds: 120 },
    controlPlane: { replicas: 3, container: LARGE },
    proxies: { replicas: 3, container: LARGE },
    provisioners: { replicas: 120, container: PROVISIONER },
    database: { vcpu: 16, memoryGB: 60, replicas: 1 },
  },
  {
    ...pageOf('3k'),
    limits: { users: 3000, runningWorkspaces: 1800, concurrentBuilds: 180 },
    controlPlane: { replicas: 4, container: LARGE },
    proxies: { replicas: 4, container: LARGE },
    provisioners: { replicas: 180, container: PROVISIONER },
    database: { vcpu: 32, memoryGB: 120, replicas: 1 },
  },
  {
    ...pageOf('10k'),
    limits: { users: 10_000, runningWorkspaces: 6000, concurrentBuilds: 600 },
    controlPlane: { replicas: 10, container: LARGE },
    proxies: { replicas: 10, container: LARGE },
    provisioners: { replicas: 600, container: PROVISIONER },
    database: { vcpu: 64, memoryGB: 240, replicas: 1 },
  },
];
