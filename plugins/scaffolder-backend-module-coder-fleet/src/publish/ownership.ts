import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  ARTIFACT_PATHS,
  type CoderDeployment,
  parseDeploymentFile,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Changes } from './changes';

/**
 * A repository outlives its registration: while nobody has registered it, it stays its owner's. Throws
 * a `ConflictError`, which tells nothing of what is in it, when it is not the deployment's owner's or
 * when whose it is cannot be read.
 *
 * @internal
 */
export function assertOwnRepository(
  { metadata, spec }: CoderDeployment,
  { published }: Changes,
): void {
  const kept = published.get(ARTIFACT_PATHS.deployment);
  if (kept !== undefined && ownerOf(kept) !== normalized(spec.owner)) {
    const { name } = metadata;
    throw new ConflictError(
      `A repository of this name exists and belongs to somebody else: ask an administrator to move "${name}" away, or take another name`,
    );
  }
}

function ownerOf(file: string): string | undefined {
  try {
    return normalized(parseDeploymentFile(file).spec.owner);
  } catch {
    return undefined;
  }
}

/** One notation of an owner, as the tracker keeps it. */
function normalized(owner: string): string {
  return stringifyEntityRef(
    parseEntityRef(owner, { defaultNamespace: 'default' }),
  );
}
