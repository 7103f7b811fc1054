import { placeOf, type Plan, type PlannedRelease } from '../architecture/plan';
import type { RepositoryEvidence } from '../cva/evidence';
import type { NetworkPolicy } from '../network/networkPolicy';
import { ARTIFACT_PATHS } from './artifact';
import type { RenderedRelease } from './gitops/releases';
import type { HelmValues } from './helm/values';
import type { Folder } from './kubernetes/folder';

/**
 * Evidence of files that were just rendered, from the data that they were written from: reading them again takes
 * several times as long as writing them. It is what {@link repositoryEvidence} reads from the same files.
 *
 * @internal
 */
export function renderedEvidence(options: {
  plan: Plan;
  releases: readonly RenderedRelease[];
  folders: readonly Folder[];
  paths: readonly string[];
}): RepositoryEvidence {
  const { plan, releases, folders, paths } = options;
  const valuesOf = (path: string) =>
    releases.find(({ valuesPath }) => valuesPath === path)
      ?.values as HelmValues;
  const byPlace = (
    parts: readonly PlannedRelease[],
    path: (place: string) => string,
  ) =>
    Object.fromEntries(
      parts.map(placeOf).map(place => [place, valuesOf(path(place))]),
    );
  const manifests = folders.flatMap(({ path, files }) =>
    files.flatMap(([file, objects]) =>
      objects.map(object => ({
        path: `${path}/${file}`,
        apiVersion: object.apiVersion,
        kind: object.kind,
        name: object.metadata.name,
        ...(object.metadata.namespace !== undefined && {
          namespace: object.metadata.namespace,
        }),
        object,
      })),
    ),
  );
  return {
    controlPlane: valuesOf(ARTIFACT_PATHS.controlPlaneValues),
    provisioners: byPlace(plan.provisioners, ARTIFACT_PATHS.provisionersValues),
    proxies: byPlace(plan.proxies, ARTIFACT_PATHS.proxyValues),
    manifests,
    networkPolicies: manifests
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ object }) => object as unknown as NetworkPolicy),
    paths,
    unreadable: [],
  };
}
