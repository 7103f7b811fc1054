import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import type { Artifact } from '../artifact';
import type { PlacedFolder } from '../kubernetes/folder';
import { toYaml } from '../yaml';
import { fluxObjects, fluxSources } from './flux';
import type { RenderedRelease } from './releases';

/**
 * A folder for each cluster, which takes together what belongs there: what `kubectl apply --kustomize`,
 * Argo CD or Flux point at.
 *
 * @internal
 */
export function clusterFolders(
  deployment: CoderDeployment,
  options: {
    folders: readonly PlacedFolder[];
    releases: readonly RenderedRelease[];
    header: string;
  },
): Artifact[] {
  const { folders, releases, header } = options;
  return clustersOf(folders).flatMap(cluster => {
    const flux = fluxObjects(
      deployment,
      releases.filter(release => release.cluster === cluster),
    );
    const sources = fluxSources(deployment, cluster);
    const path = `clusters/${cluster}`;
    return [
      ...(sources
        ? [
            {
              path: `flux/${cluster}.yaml`,
              content: header + sources.map(toYaml).join('---\n'),
            },
          ]
        : []),
      ...(flux.length > 0
        ? [
            {
              path: `${path}/flux.yaml`,
              content: header + flux.map(toYaml).join('---\n'),
            },
          ]
        : []),
      {
        path: `${path}/kustomization.yaml`,
        content:
          header +
          toYaml({
            apiVersion: 'kustomize.config.k8s.io/v1beta1',
            kind: 'Kustomization',
            resources: [
              ...folders
                .filter(folder => folder.cluster === cluster)
                .map(folder => `../../${folder.path}`),
              ...(flux.length > 0 ? ['flux.yaml'] : []),
            ],
          }),
      },
    ];
  });
}

/**
 * The clusters in which something stands, in the order of the spec.
 *
 * @internal
 */
export function clustersOf(
  folders: ReadonlyArray<{ cluster: string }>,
): string[] {
  return [...new Set(folders.map(({ cluster }) => cluster))];
}
