import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  ARTIFACT_PATHS,
  type PlanOptions,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { assertFilePath } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { contentOf, readTexts, type WorkspaceContent } from './workspaceFiles';

/**
 * One deployment of a workspace.
 *
 * @internal
 */
export type WorkspaceFolder = {
  /** Before the paths in it: empty for the root, else ending with a slash. */
  prefix: string;
  content: WorkspaceContent;
};

/**
 * Everything that a workspace brings to a repository: all files by path, and the deployments among them. Every
 * folder with a lock is one: the root, or those of a list. Throws an `InputError` when there is none, when one is
 * not valid, and when a file is no text, a symbolic link, or not safe to have in a repository.
 *
 * @internal
 */
export async function readWorkspaceFolders(
  directory: string,
  options: { logger: LoggerService } & PlanOptions,
): Promise<{ files: Map<string, string>; folders: WorkspaceFolder[] }> {
  const found = await readTexts(directory);
  [...found.keys()].forEach(assertFilePath);
  const folders = prefixesOf(found).map(prefix => ({
    prefix,
    content: contentOf(within(found, prefix), { ...options, prefix }),
  }));
  if (folders.length === 0) {
    throw new InputError(
      `There is no ${ARTIFACT_PATHS.lock} to publish: run coder-fleet:render or coder-fleet:render:list first, with the same path`,
    );
  }
  const files = new Map(found);
  for (const { prefix, content } of folders) {
    content.files.forEach((text, path) => files.set(`${prefix}${path}`, text));
  }
  return { files, folders };
}

function prefixesOf(found: ReadonlyMap<string, string>): string[] {
  return [...found.keys()]
    .filter(path => `/${path}`.endsWith(`/${ARTIFACT_PATHS.lock}`))
    .map(path => path.slice(0, -ARTIFACT_PATHS.lock.length))
    .sort();
}

function within(
  found: ReadonlyMap<string, string>,
  prefix: string,
): Map<string, string> {
  return new Map(
    [...found]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, text]) => [path.slice(prefix.length), text]),
  );
}
