import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type DeploymentRepositories,
  printable,
} from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type { Changes } from './changes';

/**
 * The basis of a plan for a name without a commit.
 *
 * @internal
 */
export const NO_COMMIT = 'none';

/**
 * The commit of the deployment's repository, or `null` when it has none yet.
 *
 * @internal
 */
export async function headOf(
  repositories: DeploymentRepositories,
  name: string,
): Promise<string | null> {
  try {
    return await repositories.head(name);
  } catch (error) {
    if (error instanceof NotFoundError) {
      return null;
    }
    throw error;
  }
}

/**
 * What a plan is based on, as the text that a task hands from step to step.
 *
 * @internal
 */
export async function basisOf(
  repositories: DeploymentRepositories,
  name: string,
): Promise<string> {
  return (await headOf(repositories, name)) ?? NO_COMMIT;
}

/**
 * Of two tasks that run at once for one name, the one that publishes first wins: throws a
 * `ConflictError` that says who has it when there is a commit that the plan does not know. One that
 * holds what is to be published anyway is no conflict: a task that was killed finds its own.
 *
 * @internal
 */
export async function assertBasis(
  repositories: DeploymentRepositories,
  options: { name: string; changes: Changes; basedOn?: string },
): Promise<void> {
  const { name, changes, basedOn } = options;
  const { head } = changes;
  if (basedOn === undefined || basedOn === (head ?? NO_COMMIT)) {
    return;
  }
  if (!head) {
    throw new ConflictError(
      `The repository ${name} was removed after this task had looked at it. Nothing was changed: start over`,
    );
  }
  if (isPublished(changes)) {
    return;
  }
  const [{ author, date }] = await repositories.history(name, { limit: 1 });
  const [day, time] = date.toISOString().split(/[T.]/);
  throw new ConflictError(
    // Whoever can push to the repository can choose the name of an author
    `${printable(author.name)} published ${name} on ${day} at ${time} UTC, after this task had looked at it. Nothing was changed: look at what is there, and start over`,
  );
}

function isPublished({ files, published, removed }: Changes): boolean {
  return (
    removed.length === 0 &&
    [...files].every(([path, content]) => published.get(path) === content)
  );
}
