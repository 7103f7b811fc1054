import type {
  CoderDeployment,
  DeploymentSpec,
} from '../deployment/DeploymentSpec';
import { derivedNames } from '../deployment/names';
import {
  latestOfChannel,
  releaseSupport,
  ReleaseSupport,
} from '../release/support';
import { formatCoderVersion, requireCoderVersion } from '../release/version';
import {
  BUILDS_PER_RUNNING_WORKSPACE,
  loadOf,
  regionShares,
  tierFor,
} from './sizing';
import { Source, Sourced, SOURCES } from './source';
import { CVA_GENERATION, ContainerSize, Tier, TierName } from './tiers';

/**
 * A group of equal pods that one Helm release brings.
 *
 * @public
 */
export type PlannedRelease = {
  region: string;
  cluster: string;
  namespace: string;
  /** Name of the Helm release. */
  release: string;
  replicas: Sourced<number>;
  /** Request and limit of each pod. */
  container: Sourced<ContainerSize>;
};

/**
 * The architecture that the CVA derives from a spec. Every figure says where it came from.
 *
 * @public
 */
export type Plan = {
  name: string;
  /** Generation of the CVA's tables. */
  cvaGeneration: string;
  tier: Sourced<TierName>;
  load: {
    users: Sourced<number>;
    runningWorkspaces: Sourced<number>;
    concurrentBuilds: Sourced<number>;
  };
  release: {
    /** `2.36.5` */
    version: Sourced<string>;
    support: ReleaseSupport;
  };
  controlPlane: PlannedRelease & {
    /** Provisioners inside each replica. */
    builtInProvisioners: Sourced<number>;
  };
  /** External provisioners; empty in the community edition. */
  provisioners: PlannedRelease[];
  /** Workspace proxies of the regions but the first; empty in the community edition. */
  proxies: PlannedRelease[];
  database: {
    vcpu: Sourced<number>;
    memoryGB: Sourced<number>;
    storageGB: Sourced<number>;
    /** PostgreSQL's `max_connections`, at least. */
    maxConnections: Sourced<number>;
  };
};

/** Source: CVA, "baseline 2 vCPU, 8 GB, 512 GB". */
const BASELINE_STORAGE_GB = 512;

/** Default of CODER_PG_CONN_MAX_OPEN. */
const CONNECTIONS_PER_REPLICA = 10;

/** Default of CODER_PROVISIONER_DAEMONS. */
const DEFAULT_BUILT_IN_PROVISIONERS = 3;

const COMMUNITY_SOURCE: Source = {
  title: 'Coder docs, features of the editions',
  url: 'https://coder.com/docs/admin/licensing',
};

/**
 * Derives the architecture of a deployment. Throws an `InputError` when no validated architecture
 * covers its load.
 *
 * @public
 */
export function plan(deployment: CoderDeployment): Plan {
  const { spec } = deployment;
  const load = loadOf({
    users: spec.users.expected,
    activeShare: spec.users.activeShare,
  });
  const tier = tierFor(load);
  const controlPlane = planControlPlane(deployment, tier);
  return {
    name: deployment.metadata.name,
    cvaGeneration: CVA_GENERATION,
    tier: {
      value: tier.name,
      source: tier.source,
      note: 'the smallest tier that carries users, running workspaces and concurrent builds',
    },
    load: {
      users: { value: load.users, source: SOURCES.request },
      runningWorkspaces: {
        value: load.runningWorkspaces,
        source: SOURCES.request,
        note: `${load.users} users, ${percent(spec.users.activeShare)} active`,
      },
      concurrentBuilds: {
        value: load.concurrentBuilds,
        source: SOURCES.cva,
        note: `${percent(BUILDS_PER_RUNNING_WORKSPACE)} of the running workspaces, as in every tier`,
      },
    },
    release: planRelease(spec),
    controlPlane,
    provisioners: planProvisioners(deployment, tier),
    proxies: planProxies(deployment, tier),
    database: planDatabase(tier, controlPlane.replicas.value),
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
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

function planControlPlane(
  deployment: CoderDeployment,
  tier: Tier,
): Plan['controlPlane'] {
  const { metadata, spec } = deployment;
  const names = derivedNames(metadata.name);
  const premium = spec.edition === 'premium';
  const [home] = spec.regions;
  return {
    region: home.name,
    cluster: home.cluster,
    namespace: names.namespace,
    release: names.controlPlaneRelease,
    container: { value: tier.controlPlane.container, source: tier.source },
    replicas: premium
      ? { value: tier.controlPlane.replicas, source: tier.source }
      : {
          value: 1,
          source: COMMUNITY_SOURCE,
          note: 'more than one replica needs Premium',
          alternatives: [
            { value: tier.controlPlane.replicas, source: tier.source },
          ],
        },
    builtInProvisioners: premium
      ? {
          value: 0,
          source: SOURCES.scaleCoder,
          note: 'builds run on external provisioners',
        }
      : {
          value: DEFAULT_BUILT_IN_PROVISIONERS,
          source: COMMUNITY_SOURCE,
          note: 'external provisioners need Premium',
        },
  };
}

function planProvisioners(
  deployment: CoderDeployment,
  tier: Tier,
): PlannedRelease[] {
  const { metadata, spec } = deployment;
  if (spec.edition !== 'premium') {
    return [];
  }
  const names = derivedNames(metadata.name);
  const total = tier.provisioners.replicas;
  const shares = regionShares(spec.regions);
  return spec.regions.map((region, index) => ({
    region: region.name,
    cluster: region.cluster,
    namespace:
      index === 0 ? names.namespace : names.provisionersNamespace(region.name),
    release: names.provisionersRelease(region.name),
    replicas: {
      value: Math.ceil(Number((total * shares[index]).toFixed(6))),
      source: tier.source,
      note:
        spec.regions.length === 1
          ? 'one for each concurrent build'
          : `${percent(shares[index])} of ${total}, one for each concurrent build`,
    },
    container: { value: tier.provisioners.container, source: tier.source },
  }));
}

function planProxies(
  deployment: CoderDeployment,
  tier: Tier,
): PlannedRelease[] {
  const { metadata, spec } = deployment;
  if (spec.edition !== 'premium') {
    return [];
  }
  const names = derivedNames(metadata.name);
  const row = tier.proxies ?? tier.controlPlane;
  const note = tier.proxies
    ? undefined
    : 'assumed: this tier has no row for proxies, so its row for the control plane is taken';
  return spec.regions.slice(1).map(region => ({
    region: region.name,
    cluster: region.cluster,
    namespace: names.proxyNamespace(region.name),
    release: names.proxyRelease(region.name),
    replicas: {
      value: row.replicas,
      source: tier.source,
      ...(note && { note }),
    },
    container: {
      value: row.container,
      source: tier.source,
      ...(note && { note }),
    },
  }));
}

function planDatabase(tier: Tier, replicas: number): Plan['database'] {
  const open = replicas * CONNECTIONS_PER_REPLICA;
  return {
    vcpu: {
      value: tier.database.vcpu,
      source: tier.source,
      alternatives: [{ value: 2, source: SOURCES.cvaDatabase }],
    },
    memoryGB: {
      value: tier.database.memoryGB,
      source: tier.source,
      alternatives: [{ value: 8, source: SOURCES.cvaDatabase }],
    },
    storageGB: {
      value: BASELINE_STORAGE_GB,
      source: SOURCES.cvaDatabase,
      note: 'the baseline; it grows with activity, builds and logs',
    },
    maxConnections: {
      value: Math.ceil((open * 12) / 10),
      source: SOURCES.scaleCoder,
      note: `${replicas} replicas with ${CONNECTIONS_PER_REPLICA} connections each, and 20 %`,
    },
  };
}
