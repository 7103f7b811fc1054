import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { Artifact } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * Writes files below a directory of the workspace; none can lead out of it.
 *
 * @internal
 */
export async function writeArtifacts(
  root: string,
  artifacts: readonly Artifact[],
  signal?: AbortSignal,
): Promise<void> {
  for (const { path, content } of artifacts) {
    signal?.throwIfAborted();
    const target = resolveSafeChildPath(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}
