import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { derivedNames } from '../deployment/names';
import { DATABASE_GUIDANCE } from './reference/databaseGuidance';
import { SCALING } from './reference/scaling';
import { SERVER_DEFAULTS } from './reference/serverDefaults';
import { ceil, regionShares } from './sizing';
import { SOURCES, Sourced } from './source';
import type { ContainerSize, Tier } from './tiers';

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
 * The control plane, in the first region.
 *
 * @public
 */
export type PlannedControlPlane = PlannedRelease & {
  /** Provisioners inside each replica. */
  builtInProvisioners: Sourced<number>;
};

/** @internal */
export function planControlPlane(
  deployment: CoderDeployment,
  tier: Tier,
): PlannedControlPlane {
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
    builtInProvisioners: premium
      ? {
          value: 0,
          source: SOURCES.scaleCoder,
          note: 'builds run on external provisioners',
        }
      : {
          ...SERVER_DEFAULTS.builtInProvisioners,
          source: SOURCES.editions,
          note: 'external provisioners need Premium',
        },
  };
}

function controlPlaneContainer(
  deployment: CoderDeployment,
  tier: Tier,
): Sourced<ContainerSize> {
  const { container } = tier.controlPlane;
  const note = tier.notes?.controlPlane;
  if (!deployment.spec.database.encryption?.enabled) {
    return { value: container, source: tier.source, ...(note && { note }) };
  }
  const { value: vcpu, source } = DATABASE_GUIDANCE.vcpuPerReplicaForEncryption;
  return {
    value: { ...container, cpuMillis: container.cpuMillis + vcpu * 1000 },
    source,
    note: `the table of the tier, and ${vcpu} vCPU for encryption in each replica`,
    alternatives: [{ value: container, source: tier.source }],
  };
}

function controlPlaneReplicas(premium: boolean, tier: Tier): Sourced<number> {
  const { replicas } = tier.controlPlane;
  if (!premium) {
    return {
      value: 1,
      source: SOURCES.editions,
      note: 'more than one replica needs Premium',
      alternatives: [{ value: replicas, source: tier.source }],
    };
  }
  const { value: vertical, source } = SCALING.replicasToGoVertical;
  return replicas < vertical
    ? { value: replicas, source: tier.source }
    : {
        value: replicas,
        source: tier.source,
        note: `"${source.title}" advises fewer, larger replicas from ${vertical} on`,
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
  const note = tier.notes?.provisioners;
  return spec.regions.map((region, index) => ({
    region: region.name,
    cluster: region.cluster,
    namespace:
      index === 0 ? names.namespace : names.provisionersNamespace(region.name),
    release: names.provisionersRelease(region.name),
    replicas: {
      value: ceil(total * shares[index]),
      source: tier.source,
      note:
        spec.regions.length === 1
          ? 'one for each concurrent build'
          : `${percent(shares[index])} of ${total}, one for each concurrent build`,
    },
    container: {
      value: tier.provisioners.container,
      source: tier.source,
      ...(note && { note }),
    },
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

/** @internal */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
