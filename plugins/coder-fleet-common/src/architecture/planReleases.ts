import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { derivedNames } from '../deployment/names';
import { DATABASE_GUIDANCE } from './reference/databaseGuidance';
import { SCALING } from './reference/scaling';
import { SERVER_DEFAULTS } from './reference/serverDefaults';
import { Load, ceil, regionShares } from './sizing';
import { SOURCES, Sourced, sourced } from './source';
import { ContainerSize, Tier, sameTierElsewhere } from './tiers';

/**
 * A group of equal pods that one Helm release brings.
 *
 * @public
 */
export type PlannedRelease = {
  region: string;
  /** Whose builds provisioners run; those of the default organization when it is absent. */
  organization?: string;
  cluster: string;
  namespace: string;
  /** Name of the Helm release. */
  release: string;
  replicas: Sourced<number>;
  /** Request and limit of each pod. */
  container: Sourced<ContainerSize>;
};

/**
 * The control plane, in the first region.
 *
 * @public
 */
export type PlannedControlPlane = PlannedRelease & {
  /** Provisioners inside each replica. */
  builtInProvisioners: Sourced<number>;
};

/** @internal */
export function planControlPlane(options: {
  deployment: CoderDeployment;
  tier: Tier;
  load: Load;
}): PlannedControlPlane {
  const { deployment, tier, load } = options;
  const { metadata, spec } = deployment;
  const names = derivedNames(metadata.name);
  const premium = spec.edition === 'premium';
  const [home] = spec.regions;
  return {
    region: home.name,
    cluster: home.cluster,
    namespace: names.namespace,
    release: names.controlPlaneRelease,
    container: controlPlaneContainer(deployment, tier),
    replicas: controlPlaneReplicas(premium, tier),
    builtInProvisioners: builtInProvisioners(premium, load),
  };
}

function controlPlaneContainer(
  deployment: CoderDeployment,
  tier: Tier,
): Sourced<ContainerSize> {
  const { container } = tier.controlPlane;
  const others = sameTierElsewhere(tier).map(other => ({
    value: other.controlPlane.container,
    source: other.sources.controlPlane,
  }));
  if (!deployment.spec.database.encryption?.enabled) {
    return sourced(
      {
        value: container,
        source: tier.sources.controlPlane,
        note: tier.notes?.controlPlane,
      },
      others,
    );
  }
  const { value: vcpu, source } = DATABASE_GUIDANCE.vcpuPerReplicaForEncryption;
  return sourced(
    {
      value: { ...container, cpuMillis: container.cpuMillis + vcpu * 1000 },
      source,
      note: `the table of the tier, and ${vcpu} vCPU in each replica for encryption`,
    },
    [{ value: container, source: tier.sources.controlPlane }, ...others],
  );
}

function controlPlaneReplicas(premium: boolean, tier: Tier): Sourced<number> {
  const { replicas } = tier.controlPlane;
  const byTable = { value: replicas, source: tier.sources.controlPlane };
  if (!premium) {
    return {
      value: 1,
      source: SOURCES.editions,
      note: 'more than one replica needs Premium',
      alternatives: [byTable],
    };
  }
  const { value: vertical, source } = SCALING.replicasToGoVertical;
  return sourced(
    {
      ...byTable,
      note:
        replicas < vertical
          ? undefined
          : `"${source.title}" advises fewer, larger replicas from ${vertical} on`,
    },
    sameTierElsewhere(tier).map(other => ({
      value: other.controlPlane.replicas,
      source: other.sources.controlPlane,
    })),
  );
}

/** The pages of the tiers let small deployments build inside the control plane. */
function builtInProvisioners(premium: boolean, load: Load): Sourced<number> {
  const { builtInProvisioners: usual } = SERVER_DEFAULTS;
  const { builtInProvisionersMaxUsers, builtInProvisionersMaxBuilds } = SCALING;
  const allowed = `up to about ${builtInProvisionersMaxUsers.value} users and ${builtInProvisionersMaxBuilds.value} builds`;
  const small =
    load.users <= builtInProvisionersMaxUsers.value &&
    load.concurrentBuilds <= builtInProvisionersMaxBuilds.value;
  return premium
    ? sourced(
        {
          value: 0,
          source: SOURCES.scaleCoder,
          note: 'builds run on external provisioners',
        },
        small
          ? [{ value: usual.value, source: builtInProvisionersMaxUsers.source }]
          : [],
      )
    : {
        value: usual.value,
        source: SOURCES.editions,
        note: `external provisioners need Premium; the pages of the tiers allow built-in ones ${allowed}`,
      };
}

/** @internal */
export function planProvisioners(
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
  const others = sameTierElsewhere(tier);
  // A provisioner builds for one organization; the tables know no more than their sum
  const organizations = [undefined, ...(spec.organizations ?? [])];
  const places = spec.regions.flatMap((region, index) =>
    organizations.map(organization => ({
      region,
      organization,
      share: shares[index] / organizations.length,
      isHome: index === 0 && organization === undefined,
    })),
  );
  return places.map(({ region, organization, share, isHome }) => ({
    region: region.name,
    ...(organization !== undefined && { organization }),
    cluster: region.cluster,
    namespace: isHome
      ? names.namespace
      : names.provisionersNamespace(region.name, organization),
    release: names.provisionersRelease(region.name, organization),
    replicas: {
      value: ceil(total * share),
      source: tier.sources.provisioners,
      note:
        places.length === 1
          ? 'one for each concurrent build'
          : `${percent(share)} of ${total}, one for each concurrent build`,
    },
    container: sourced(
      {
        value: tier.provisioners.container,
        source: tier.sources.provisioners,
        note: tier.notes?.provisioners,
      },
      others.map(other => ({
        value: other.provisioners.container,
        source: other.sources.provisioners,
      })),
    ),
  }));
}

/** @internal */
export function planProxies(
  deployment: CoderDeployment,
  tier: Tier,
): PlannedRelease[] {
  const { metadata, spec } = deployment;
  if (spec.edition !== 'premium') {
    return [];
  }
  const names = derivedNames(metadata.name);
  const { replicas, container } = tier.proxies ?? tier.controlPlane;
  const source = tier.proxies
    ? tier.sources.proxies
    : tier.sources.controlPlane;
  const note = tier.proxies
    ? undefined
    : 'assumed: this tier has no row for proxies, so its row for the control plane is taken';
  return spec.regions.slice(1).map(region => ({
    region: region.name,
    cluster: region.cluster,
    namespace: names.proxyNamespace(region.name),
    release: names.proxyRelease(region.name),
    replicas: sourced({ value: replicas, source, note }),
    container: sourced({ value: container, source, note }),
  }));
}

/**
 * Where the provisioners of an organization in a region are kept apart from others: `eu-west`, or `research.eu-west`.
 * No name of either has a dot.
 *
 * @public
 */
export function placeOf({
  region,
  organization,
}: Pick<PlannedRelease, 'region' | 'organization'>): string {
  return organization === undefined ? region : `${organization}.${region}`;
}

/** @internal */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
