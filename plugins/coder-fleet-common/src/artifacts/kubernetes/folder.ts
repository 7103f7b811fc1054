import type { Artifact } from '../artifact';
import { toYaml } from '../yaml';
import type { KubernetesObject } from './object';

/**
 * Files of a folder that `kubectl apply --kustomize` takes.
 *
 * @internal
 */
export type Folder = {
  /** Path from the root of the repository. */
  path: string;
  /** Objects by the name of their file; files without objects are left out. */
  files: ReadonlyArray<[name: string, objects: readonly KubernetesObject[]]>;
  /** Files that ConfigMaps are made of. */
  configMaps?: ReadonlyArray<{
    name: string;
    namespace: string;
    labels?: Readonly<Record<string, string>>;
    files: ReadonlyArray<{ name: string; content: string }>;
  }>;
  /** Files that stand beside the others and are not applied. */
  beside?: ReadonlyArray<{ name: string; content: string }>;
};

/**
 * A folder, and the cluster that it belongs to.
 *
 * @internal
 */
export type PlacedFolder = Folder & { cluster: string };

/**
 * Renders a folder and its kustomization. `header` is a comment for every file of YAML.
 *
 * @internal
 */
export function renderFolder(folder: Folder, header: string): Artifact[] {
  const { path, configMaps = [], beside = [] } = folder;
  const files = folder.files.filter(([, objects]) => objects.length > 0);
  if (files.length === 0) {
    return [];
  }
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.map(([name]) => name),
    ...(configMaps.length > 0 && {
      configMapGenerator: configMaps.map(
        ({ name, namespace, labels, files: from }) => ({
          name,
          namespace,
          files: from.map(file => file.name),
          ...(labels && { options: { labels } }),
        }),
      ),
    }),
  };
  return [
    ...files.map(([name, objects]) => ({
      path: `${path}/${name}`,
      content: header + objects.map(toYaml).join('---\n'),
    })),
    {
      path: `${path}/kustomization.yaml`,
      content: header + toYaml(kustomization),
    },
    ...[...configMaps.flatMap(({ files: from }) => from), ...beside].map(
      ({ name, content }) => ({ path: `${path}/${name}`, content }),
    ),
  ];
}
