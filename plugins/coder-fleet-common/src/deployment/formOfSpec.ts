import { fieldsOf } from './changedFields';
import { type DeploymentSpec, deploymentSpecSchema } from './DeploymentSpec';
import { type DeploymentForm, given, specOfForm } from './form';
import { regionsByName } from './regionsByName';

/**
 * A spec as answers of the form `coder-deployment`.
 *
 * @public
 */
export type SpecAsForm = {
  /** The answers that give this spec, as far as the form has questions. */
  form: DeploymentForm;
  /**
   * Sorted paths of what the form has no question for, such as `spec.workspaces.nodeShape.cpu`; regions by their
   * names.
   */
  beyond: string[];
};

/**
 * The answers of the form that give a spec: the way back from {@link specOfForm}. Questions that the form
 * answers by itself get an answer wherever another one would change the deployment.
 *
 * @public
 */
export function formOfSpec(name: string, spec: DeploymentSpec): SpecAsForm {
  const form = given({
    name,
    displayName: spec.displayName,
    owner: spec.owner,
    businessUnit: spec.businessUnit,
    edition: spec.edition,
    ...loadAnswers(spec),
    ...placeAnswers(spec),
    ...exposureAnswers(spec),
    ...databaseAnswers(spec),
    ...backupAnswers(spec),
    ...releaseAnswers(spec),
    ...platformAnswers(spec),
    supportLinks: spec.supportLinks,
  });
  return { form, beyond: beyondForm(spec, form) };
}

function loadAnswers({ users, workspaces, ai }: DeploymentSpec) {
  return {
    expectedUsers: users.expected,
    activeShare: users.activeShare,
    runningWorkspaces: workspaces?.running,
    concurrentBuilds: workspaces?.concurrentBuilds,
    aiAgents: ai?.agents ?? 0,
    aiGateway: ai?.gateway ?? false,
    workspaceCpu: workspaces?.cpu,
    workspaceMemory: workspaces?.memoryGiB,
  };
}

function placeAnswers({
  regions,
  organizations,
  accessUrl,
  wildcardUrl,
}: DeploymentSpec) {
  const [home, ...further] = regions;
  return {
    region: home.name,
    cluster: home.cluster,
    accessUrl,
    wildcardUrl,
    organizations: organizations ?? [],
    furtherRegions: further.map(region =>
      given({
        name: region.name,
        cluster: region.cluster,
        share: region.share,
        proxyAccessUrl: region.proxy?.accessUrl,
        proxyWildcardUrl: region.proxy?.wildcardUrl,
      }),
    ),
  };
}

function exposureAnswers({ exposure }: DeploymentSpec) {
  const tls = exposure?.tls;
  const bySecret = tls?.issuer ? 'cert-manager' : 'secret';
  return {
    exposure: exposure?.type,
    ingressClass: exposure?.className,
    gatewayName: exposure?.gateway?.name,
    gatewayNamespace: exposure?.gateway?.namespace,
    certificate: tls ? bySecret : 'none',
    tlsSecret: tls?.secret,
    tlsIssuer: tls?.issuer?.name,
  };
}

function databaseAnswers({ database }: DeploymentSpec) {
  const { connectionSecret, encryption, objectStore, type } = database;
  const isOurs = type === 'cloudnative-pg';
  return {
    databaseType: type,
    databaseVersion: database.version,
    // CloudNativePG's own Secret is none for a database of another kind
    databaseSecretName: isOurs ? undefined : connectionSecret.name,
    databaseSecretKey: isOurs ? undefined : connectionSecret.key,
    databaseHighlyAvailable: database.highlyAvailable,
    databaseStorageClass: database.storageClass,
    databaseObjectStore: objectStore?.destinationPath,
    databaseObjectStoreEndpoint: objectStore?.endpointUrl,
    databaseEncryption: encryption?.enabled ?? false,
  };
}

function backupAnswers({ backup }: DeploymentSpec) {
  const { destination } = backup;
  return {
    backupSchedule: backup.schedule,
    backupRetentionDays: backup.retentionDays,
    backupDrillSchedule: backup.drillSchedule,
    backupDestination: destination.type,
    backupVolumeSize:
      destination.type === 'volume' ? destination.size : undefined,
    backupRemote:
      destination.type === 'rclone' ? destination.remote : undefined,
    backupImage: backup.image,
  };
}

function releaseAnswers({ release }: DeploymentSpec) {
  return 'version' in release
    ? { releaseBy: 'version', version: release.version }
    : { releaseBy: 'channel', channel: release.channel };
}

function platformAnswers({ delivery, observability, airGap }: DeploymentSpec) {
  return {
    delivery: delivery?.type,
    repositoryUrl: delivery?.repositoryUrl,
    observability: observability?.type,
    logstream: observability?.logstream ?? false,
    registry: airGap?.registry,
    chartRepository: airGap?.chartRepository,
    pullSecret: airGap?.pullSecret,
  };
}

/** What a spec says otherwise than its answers. Fields with a default that nobody changed do not count. */
function beyondForm(spec: DeploymentSpec, form: DeploymentForm): string[] {
  const answered = specOfForm(form);
  // Without the rules between fields: what is beyond the form may be what keeps them
  const parsed = deploymentSpecSchema.innerType().safeParse(answered);
  const known = fieldsOf(
    regionsByName(parsed.success ? parsed.data : answered),
    ['spec'],
  );
  return [...fieldsOf(regionsByName(spec), ['spec'])]
    .filter(([path, text]) => known.get(path) !== text)
    .map(([path]) => path)
    .sort();
}
