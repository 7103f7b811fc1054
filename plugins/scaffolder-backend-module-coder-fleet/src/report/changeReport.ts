import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { ARTIFACT_PATHS } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { printable } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type { Changes } from '../publish/changes';
import type { HandEdit } from '../publish/handEdits';

/**
 * What a person did, in words that follow a path.
 *
 * @internal
 */
export const WHAT_BY_HAND: Record<HandEdit['what'], string> = {
  edited: 'was edited by hand',
  deleted: 'was deleted by hand',
  foreign: 'was not rendered by Coder Fleet',
};

/**
 * Shows what people wrote and publishing would undo. Throws a `ConflictError` that says what to do,
 * unless it is to be overwritten.
 *
 * @internal
 */
export function settleHandEdits(
  { handEdits }: Changes,
  options: { overwrite: boolean; logger: LoggerService },
): void {
  const { overwrite, logger } = options;
  if (handEdits.length === 0) {
    return;
  }
  logger.warn(
    handEdits
      .flatMap(({ path, what, diff }) => [
        `${path} ${WHAT_BY_HAND[what]}; publishing would undo it at`,
        ...diff.map(line => `  ${line}`),
      ])
      .join('\n'),
  );
  if (!overwrite) {
    const paths = handEdits.map(({ path }) => path).join(', ');
    throw new ConflictError(
      `Edited by hand in the repository: ${paths}. Bring the edits into ${ARTIFACT_PATHS.deployment}, or set overwriteEdited to lose them`,
    );
  }
}

/**
 * One line for each file that is added, changed or removed.
 *
 * @internal
 */
export function logChanges(
  {
    files,
    published,
    removed,
  }: Pick<Changes, 'files' | 'published' | 'removed'>,
  logger: LoggerService,
): void {
  const lines = [...files.keys()]
    .sort()
    .filter(path => published.get(path) !== files.get(path))
    .map(path => `${published.has(path) ? 'Changes' : 'Adds'} ${path}`)
    .concat(removed.map(path => `Removes ${path}`))
    .map(printable);
  if (lines.length > 0) {
    logger.info(lines.join('\n'));
  }
}

/**
 * Names what people wrote and merging a branch would undo: paths only, since the portal may read more of the
 * repository than the person who runs the task.
 *
 * @internal
 */
export function warnOfHandEdits(
  handEdits: readonly Pick<HandEdit, 'path' | 'what'>[],
  logger: LoggerService,
): void {
  if (handEdits.length > 0) {
    logger.warn(
      handEdits
        .map(
          ({ path, what }) =>
            `${printable(path)} ${WHAT_BY_HAND[what]}; merging the branch undoes it`,
        )
        .join('\n'),
    );
  }
}

/**
 * Says of which locks nothing is known, so that files which are not rendered any more stay.
 *
 * @internal
 */
export function warnOfUnreadableLocks(
  paths: readonly string[],
  logger: LoggerService,
): void {
  if (paths.length > 0) {
    logger.warn(
      paths
        .map(
          path =>
            `${printable(path)} cannot be read: whatever it listed stays, also what is not rendered any more`,
        )
        .join('\n'),
    );
  }
}
