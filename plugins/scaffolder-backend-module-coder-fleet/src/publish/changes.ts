import type { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { headOf } from './basis';
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
  /** The commit that was compared with; `null` when the repository has none yet. */
  head: string | null;
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
  const { name } = deployment.metadata;
  const head = await headOf(repositories, name);
  const published = head
    ? await readTexts(repositories, { name, commit: head })
    : new Map<string, string>();
  const { handEdits, obsolete } = compareWithPublished({
    published,
    artifacts,
  });
  return {
    published,
    files,
    removed: obsolete.filter(path => !files.has(path)),
    handEdits,
    head,
  };
}

async function readTexts(
  repositories: DeploymentRepositories,
  { name, commit }: { name: string; commit: string },
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { path } of await repositories.tree(name, commit)) {
    const { text = '' } = await repositories.file(name, path, commit);
    texts.set(path, text);
  }
  return texts;
}
