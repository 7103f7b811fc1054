import { ConflictError } from '@backstage/errors';
import type { KnownEntity } from './KnownEntities';

/**
 * Refuses a synchronisation that would take away a large part of the catalog. A registry that was
 * restored from an old backup, or points at another database, looks like that; people who do mean
 * it say so in the configuration. One deployment may always go, or small fleets could not shrink.
 * Throws a `ConflictError` that says what to do.
 *
 * @internal
 */
export function refuseMassRemoval(options: {
  known: readonly KnownEntity[];
  next: ReadonlySet<string>;
  maxRemovedShare: number;
}): void {
  const { known, next, maxRemovedShare } = options;
  const gone = known.filter(({ entityRef }) => !next.has(entityRef));
  const deployments = [...new Set(gone.map(({ deployment }) => deployment))];
  if (
    deployments.length <= 1 ||
    gone.length <= known.length * maxRemovedShare
  ) {
    return;
  }
  throw new ConflictError(
    `Synchronising would remove ${gone.length} of ${known.length} entities, of ${deployments.length} deployments ` +
      `(${listed(deployments)}); nothing was changed. Check whether the registry of Coder Fleet has lost them and register ` +
      `them again; if they are really gone, set coderFleet.catalog.maxRemovedShare to 1 until the next synchronisation`,
  );
}

function listed(names: string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
