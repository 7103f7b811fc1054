import { NotFoundError } from '@backstage/errors';
import type { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { type HandEdit, compareWithPublished } from './handEdits';
import type { WorkspaceContent } from './workspaceFiles';

/**
 * What publishing would do to a repository.
 *
 * @internal
 */
export type Changes = {
  /** Texts that are there now, by path; binary files as an empty text. */
  published: ReadonlyMap<string, string>;
  /** Texts to write, by path. */
  files: ReadonlyMap<string, string>;
  /** Paths that go: rendered before, not any more. Nothing else is ever removed. */
  removed: string[];
  /** What people wrote and would be undone. */
  handEdits: HandEdit[];
  /** Whether the repository has no commit yet. */
  isFirst: boolean;
};

/**
 * Compares a workspace with what is published under the name of its deployment.
 *
 * @internal
 */
export async function changesTo(
  repositories: DeploymentRepositories,
  { deployment, artifacts, files }: WorkspaceContent,
): Promise<Changes> {
  const published = await readPublished(repositories, deployment.metadata.name);
  const { handEdits, obsolete } = compareWithPublished({
    published: published ?? new Map(),
    artifacts,
  });
  return {
    published: published ?? new Map(),
    files,
    removed: obsolete.filter(path => !files.has(path)),
    handEdits,
    isFirst: !published,
  };
}

async function readPublished(
  repositories: DeploymentRepositories,
  name: string,
): Promise<Map<string, string> | undefined> {
  const commit = await repositories.head(name).catch(error => {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  });
  if (!commit) {
    return undefined;
  }
  const texts = new Map<string, string>();
  for (const { path } of await repositories.tree(name, commit)) {
    const { text = '' } = await repositories.file(name, path, commit);
    texts.set(path, text);
  }
  return texts;
}
