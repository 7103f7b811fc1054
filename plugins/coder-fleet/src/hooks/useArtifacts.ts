import { useApi } from '@backstage/core-plugin-api';
import type {
  ArtifactCommit,
  ArtifactFile,
  ArtifactTree,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../api';
import { useLive, type Live } from './useLive';

/**
 * The files of a deployment's repository and their history, kept fresh.
 *
 * @internal
 */
export function useArtifacts(
  name: string,
): Live<{ tree: ArtifactTree; history: ArtifactCommit[] }> {
  const api = useApi(coderFleetApiRef);
  return useLive(async () => {
    const [tree, history] = await Promise.all([
      api.getArtifacts(name),
      api.getArtifactHistory(name),
    ]);
    return { tree, history: history.items };
  }, name);
}

/**
 * One file as it is at a commit, kept fresh.
 *
 * @internal
 */
export function useArtifactFile(options: {
  name: string;
  path: string;
  commit: string;
}): Live<ArtifactFile> {
  const { name, path, commit } = options;
  const api = useApi(coderFleetApiRef);
  return useLive(
    () => api.getArtifactFile(name, path),
    [name, path, commit].join('\n'),
  );
}
