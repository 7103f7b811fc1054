import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { deriveName } from '../../deployment/names';
import { BOOTSTRAP_PATH } from '../bootstrap/bootstrap';
import { BUNDLE } from '../observability/bundle';
import type { Folder } from '../kubernetes/folder';
import type { KubernetesObject } from '../kubernetes/object';
import { ownLabels } from '../kubernetes/object';
import { ARGO_CD_NAMESPACE, DELIVERY_COMPONENT } from './delivery';
import type { RenderedRelease } from './releases';
import { WAVE_ANNOTATION, WAVES } from './waves';

/**
 * The Applications of Argo CD: one for the manifests of each cluster, one for the bootstrap Job, one for each Helm
 * release. Their waves count only within the sync of an Application of your own that reads this folder, and order there
 * when Applications are created: since 1.8 Argo CD assesses the health of Applications only where a check of it was
 * configured. `kubectl apply` knows no waves.
 * Source: Argo CD, app of apps; sync phases and waves; resource health; multiple sources (2.6 and newer).
 *
 * @internal
 */
export function argoCdFolder(
  deployment: CoderDeployment,
  options: {
    releases: readonly RenderedRelease[];
    clusters: readonly string[];
  },
): Folder | undefined {
  const { delivery } = deployment.spec;
  if (delivery?.type !== 'argo-cd') {
    return undefined;
  }
  const { name } = deployment.metadata;
  const repository = {
    repoURL: delivery.repositoryUrl!,
    targetRevision: delivery.revision,
  };
  const application = (part: {
    name: string;
    wave: number;
    cluster: string;
    namespace: string;
    source: Record<string, unknown>;
  }): KubernetesObject => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: part.name,
      namespace: ARGO_CD_NAMESPACE,
      labels: ownLabels(name, DELIVERY_COMPONENT),
      annotations: { [WAVE_ANNOTATION]: String(part.wave) },
    },
    spec: {
      project: 'default',
      destination: { name: part.cluster, namespace: part.namespace },
      ...part.source,
      syncPolicy: {
        automated: { prune: false, selfHeal: true },
        syncOptions: ['ServerSideApply=true'],
      },
    },
  });
  return {
    path: 'argo-cd',
    files: [
      [
        'manifests.yaml',
        options.clusters.map(cluster =>
          application({
            name: deriveName([name, 'manifests', cluster]),
            wave: WAVES.manifests,
            cluster,
            namespace: 'default',
            source: {
              source: { ...repository, path: `clusters/${cluster}` },
            },
          }),
        ),
      ],
      [
        'bootstrap.yaml',
        [
          application({
            name: deriveName([name, 'bootstrap']),
            wave: WAVES.bootstrap,
            cluster: options.releases[0].cluster,
            namespace: options.releases[0].namespace,
            source: { source: { ...repository, path: BOOTSTRAP_PATH } },
          }),
        ],
      ],
      [
        'releases.yaml',
        options.releases.map(release =>
          application({
            // The bundle has the same name in every cluster
            name:
              release.chart === BUNDLE.chart
                ? deriveName([name, 'observability', release.cluster])
                : release.name,
            wave: release.wave,
            cluster: release.cluster,
            namespace: release.namespace,
            source: {
              sources: [
                {
                  repoURL: release.repository.url,
                  chart: release.chart,
                  targetRevision: release.version,
                  helm: {
                    releaseName: release.name,
                    valueFiles: [`$values/${release.valuesPath}`],
                  },
                },
                { ...repository, ref: 'values' },
              ],
            },
          }),
        ),
      ],
    ],
  };
}
