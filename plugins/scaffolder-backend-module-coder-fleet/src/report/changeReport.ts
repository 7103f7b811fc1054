import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { ARTIFACT_PATHS } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Changes } from '../publish/changes';
import type { HandEdit } from '../publish/handEdits';

const WHAT: Record<HandEdit['what'], string> = {
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
        `${path} ${WHAT[what]}; publishing would undo it at`,
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
  { files, published, removed }: Changes,
  logger: LoggerService,
): void {
  const lines = [...files.keys()]
    .sort()
    .filter(path => published.get(path) !== files.get(path))
    .map(path => `${published.has(path) ? 'Changes' : 'Adds'} ${path}`)
    .concat(removed.map(path => `Removes ${path}`));
  if (lines.length > 0) {
    logger.info(lines.join('\n'));
  }
}
