import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ComponentEntity,
  type Entity,
  type EntityLink,
  type SystemEntity,
} from '@backstage/catalog-model';
import {
  ANNOTATION_BUSINESS_UNIT,
  ANNOTATION_DEPLOYMENT,
  ANNOTATION_ROLE,
  type DeploymentRecord,
  placeOf,
  type PlannedRelease,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { controlPlaneName, locationOf, provisionersName } from './names';

/** Read by Backstage's Kubernetes plugin; only the first of them has a constant there. */
const KUBERNETES_LABEL_SELECTOR = 'backstage.io/kubernetes-label-selector';
const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';
const KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';

/**
 * What the mapping of deployments to entities takes from the configuration.
 *
 * @public
 */
export type EntityOptions = {
  /** Business unit to the reference of its Domain. */
  domains: Readonly<Record<string, string>>;
};

/**
 * The catalog entities of one deployment: its System first, then its Components. Pure, and made of
 * what was asked for and planned only: a deployment that fails or vanishes has the same entities.
 *
 * @public
 */
export function toEntities(
  record: DeploymentRecord,
  options: EntityOptions,
): Entity[] {
  return [
    system(record, options),
    controlPlane(record),
    ...record.plan.provisioners.map((release, index) =>
      provisioners({ record, release, isHome: index === 0 }),
    ),
  ];
}

function system(
  record: DeploymentRecord,
  { domains }: EntityOptions,
): SystemEntity {
  const { metadata, spec } = record.deployment;
  const domain = Object.hasOwn(domains, spec.businessUnit)
    ? domains[spec.businessUnit]
    : undefined;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: {
      name: metadata.name,
      title: spec.displayName,
      description: `Coder for business unit ${spec.businessUnit} in ${record.plan.controlPlane.region}, ${spec.edition} edition`,
      annotations: {
        ...ownAnnotations(record),
        ...kubernetesAnnotations(record.plan.controlPlane, 'coder'),
      },
      links: links(record),
    },
    spec: {
      type: 'coder-deployment',
      owner: spec.owner,
      ...(domain && { domain }),
    },
  };
}

function controlPlane(record: DeploymentRecord): ComponentEntity {
  return component({
    record,
    name: controlPlaneName(record.deployment.metadata.name),
    title: `${record.deployment.spec.displayName} control plane`,
    role: 'control-plane',
    release: record.plan.controlPlane,
    chart: 'coder',
  });
}

function provisioners(options: {
  record: DeploymentRecord;
  release: PlannedRelease;
  isHome: boolean;
}): ComponentEntity {
  const { record, release, isHome } = options;
  const { metadata, spec } = record.deployment;
  const entity = component({
    record,
    name: provisionersName(
      metadata.name,
      isHome ? undefined : placeOf(release),
    ),
    title: `${spec.displayName} provisioners in ${placeOf(release)}`,
    role: 'provisioners',
    release,
    chart: 'coder-provisioner',
  });
  return {
    ...entity,
    spec: {
      ...entity.spec,
      dependsOn: [`component:default/${controlPlaneName(metadata.name)}`],
    },
  };
}

function component(options: {
  record: DeploymentRecord;
  name: string;
  title: string;
  role: 'control-plane' | 'provisioners';
  release: PlannedRelease;
  chart: 'coder' | 'coder-provisioner';
}): ComponentEntity {
  const { record, name, title, role, release, chart } = options;
  const { metadata, spec } = record.deployment;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      title,
      annotations: {
        ...ownAnnotations(record),
        [ANNOTATION_ROLE]: role,
        ...kubernetesAnnotations(release, chart),
      },
    },
    spec: {
      type: `coder-${role}`,
      lifecycle: 'production',
      owner: spec.owner,
      system: metadata.name,
    },
  };
}

function ownAnnotations({
  deployment: { metadata, spec },
}: DeploymentRecord): Record<string, string> {
  const location = locationOf(metadata.name);
  return {
    [ANNOTATION_LOCATION]: location,
    [ANNOTATION_ORIGIN_LOCATION]: location,
    [ANNOTATION_BUSINESS_UNIT]: spec.businessUnit,
    [ANNOTATION_DEPLOYMENT]: metadata.name,
  };
}

function kubernetesAnnotations(
  release: PlannedRelease,
  chart: 'coder' | 'coder-provisioner',
): Record<string, string> {
  return {
    [KUBERNETES_LABEL_SELECTOR]: `app.kubernetes.io/name=${chart},app.kubernetes.io/instance=${release.release}`,
    [KUBERNETES_NAMESPACE]: release.namespace,
    [KUBERNETES_CLUSTER]: release.cluster,
  };
}

function links(record: DeploymentRecord): EntityLink[] {
  const { accessUrl, supportLinks } = record.deployment.spec;
  const dashboard = {
    url: accessUrl,
    title: 'Coder dashboard',
    icon: 'dashboard',
  };
  return [
    ...(hasProtocol(accessUrl, ['https:']) ? [dashboard] : []),
    ...supportLinks
      .filter(({ target }) => hasProtocol(target, ['https:', 'http:']))
      .map(({ name, target }) => ({ url: target, title: name })),
  ];
}

function hasProtocol(url: string, protocols: string[]): boolean {
  return URL.canParse(url) && protocols.includes(new URL(url).protocol);
}
