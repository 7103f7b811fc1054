import { ConflictError } from '@backstage/errors';
import type { RepositoryRef } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentRow, registrationColumns } from './rows';

/**
 * Throws a `ConflictError` when a name that is registered from one repository would change to another.
 *
 * @internal
 */
export function requireSameRepository(
  name: string,
  before: RepositoryRef | undefined,
  after: RepositoryRef | undefined,
): void {
  const same =
    !before ||
    (before.type === after?.type && before.location === after.location);
  if (!same) {
    throw new ConflictError(
      `The name "${name}" is registered from another repository (${before.location}): take another name, or unregister it first`,
    );
  }
}

/**
 * Whether a registration is other than what is stored.
 *
 * @internal
 */
export function differs(
  before: DeploymentRow,
  after: ReturnType<typeof registrationColumns>,
): boolean {
  return (Object.keys(after) as Array<keyof typeof after>).some(
    column => before[column] !== after[column],
  );
}
