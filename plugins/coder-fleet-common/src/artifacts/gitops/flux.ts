import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import type { KubernetesObject } from '../kubernetes/object';
import { ownLabels } from '../kubernetes/object';
import { DELIVERY_COMPONENT, FLUX_NAMESPACE } from './delivery';
import type { RenderedRelease } from './releases';
import { WAVES } from './waves';

const INTERVAL = '10m';

/** An upgrade that migrates a large database takes its time. Source: Coder docs, upgrade practice. */
const TIMEOUT = '20m';

/**
 * A first install does not wait for its pods. They may start long after: when a person has made a Secret, when the
 * bootstrap Job has made a key and somebody has handed it over, when nodes have their labels. Flux would call that
 * failed after its timeout and never try again, and what depends on it would wait for ever. Kubernetes starts the pods
 * by itself, and what comes too early asks until Coder answers. What fails all the same, because a type or a chart is
 * missing, runs nothing yet and is tried again, with longer and longer pauses.
 * Source: Flux, HelmRelease v2, install; helm-controller, atomic release.
 */
const INSTALL = { disableWait: true, remediation: { retries: -1 } };

/**
 * An upgrade of the control plane waits, so that the others follow a server that runs. Coder has no way back from a
 * migration: one that failed waits for a person. The others may still lack a key, as at their install.
 */
function upgradeOf({ wave }: RenderedRelease) {
  return {
    ...(wave > WAVES.controlPlane && { disableWait: true }),
    remediation: { retries: 0 },
  };
}

/**
 * What Flux in one cluster reads: the chart repository, and a HelmRelease for each release there. The
 * values stand inline: Flux takes none from a file.
 * Source: Flux, HelmRelease v2.
 *
 * @internal
 */
export function fluxObjects(
  deployment: CoderDeployment,
  releases: readonly RenderedRelease[],
): KubernetesObject[] {
  const { spec, metadata } = deployment;
  if (spec.delivery?.type !== 'flux') {
    return [];
  }
  const labels = ownLabels(metadata.name, DELIVERY_COMPONENT);
  return releases.flatMap((release, index) => {
    const source = release.repository.name;
    const first =
      releases.findIndex(
        ({ namespace, repository }) =>
          namespace === release.namespace && repository.name === source,
      ) === index;
    const needed = releases.filter(({ wave }) => wave < release.wave);
    return [
      ...(first
        ? [
            {
              apiVersion: 'source.toolkit.fluxcd.io/v1',
              kind: 'HelmRepository',
              metadata: { name: source, namespace: release.namespace, labels },
              spec: { interval: INTERVAL, url: release.repository.url },
            },
          ]
        : []),
      {
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: release.name, namespace: release.namespace, labels },
        spec: {
          interval: INTERVAL,
          timeout: TIMEOUT,
          releaseName: release.name,
          chart: {
            spec: {
              chart: release.chart,
              version: release.version,
              sourceRef: { kind: 'HelmRepository', name: source },
            },
          },
          ...(needed.length > 0 && {
            dependsOn: needed.map(({ name, namespace }) => ({
              name,
              namespace,
            })),
          }),
          install: INSTALL,
          upgrade: upgradeOf(release),
          values: release.values,
        },
      },
    ];
  });
}

/**
 * What brings Flux of one cluster to this repository: the source, and what it applies of it. `undefined` where
 * something else delivers.
 * Source: Flux, GitRepository v1 and Kustomization v1.
 *
 * @internal
 */
export function fluxSources(
  { spec, metadata }: CoderDeployment,
  cluster: string,
): KubernetesObject[] | undefined {
  const { delivery } = spec;
  if (delivery?.type !== 'flux') {
    return undefined;
  }
  const common = {
    name: metadata.name,
    namespace: FLUX_NAMESPACE,
    labels: ownLabels(metadata.name, DELIVERY_COMPONENT),
  };
  return [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: common,
      spec: {
        interval: INTERVAL,
        url: delivery.repositoryUrl!,
        ref: { branch: delivery.revision },
      },
    },
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: common,
      spec: {
        interval: INTERVAL,
        path: `./clusters/${cluster}`,
        // What is removed from the repository is removed by a person: a database may be among it
        prune: false,
        sourceRef: { kind: 'GitRepository', name: metadata.name },
      },
    },
  ];
}
