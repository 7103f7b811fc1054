import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import type { PlacedFolder } from '../kubernetes/folder';
import { namespace } from '../kubernetes/namespace';
import type { KubernetesObject } from '../kubernetes/object';
import { MONITORING_NAMESPACE_LABEL } from '../kubernetes/policy';
import { BUNDLE, hasBundle } from './bundle';
import { bundlePolicies } from './bundlePolicies';

/**
 * Folder of what stands beside the bundle, cluster by cluster.
 *
 * @internal
 */
export const BUNDLE_FOLDER = 'kubernetes/observability';

/**
 * Folder of what stands beside the bundle in a cluster.
 *
 * @internal
 */
export function bundlePath(cluster: string): string {
  return `${BUNDLE_FOLDER}/${cluster}`;
}

/**
 * The namespace of the bundle in each cluster, from which the network policies let metrics be read, and who calls into
 * it. Its agents read the logs of the nodes, which no Pod Security level but the widest allows.
 *
 * @internal
 */
export function bundleFolders(
  { spec }: CoderDeployment,
  clusters: readonly string[],
): PlacedFolder[] {
  return hasBundle(spec)
    ? clusters.map(cluster => ({
        path: bundlePath(cluster),
        cluster,
        files: [
          [
            'namespace.yaml',
            [
              namespace(BUNDLE.namespace, 'privileged', {
                [MONITORING_NAMESPACE_LABEL]: 'true',
              }),
            ],
          ],
          ['network-policies.yaml', bundlePolicies() as KubernetesObject[]],
        ],
      }))
    : [];
}
