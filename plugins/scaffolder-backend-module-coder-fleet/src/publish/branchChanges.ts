import {
  ARTIFACT_PATHS,
  parseLock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { GitTrees } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type { Changes } from './changes';
import { compareWithPublished } from './handEdits';
import type { WorkspaceFolder } from './workspaceFolders';

/**
 * What a branch would do to the default branch, of all deployments together.
 *
 * @internal
 */
export type BranchChanges = Omit<Changes, 'head'> & {
  /** Locks that are there and cannot be read: what they listed is not known, so that nothing of it goes. */
  unreadableLocks: string[];
};

/**
 * Compares each folder of a workspace with the same folder of a tree, by the lock that is there.
 *
 * @internal
 */
export async function branchChanges(options: {
  trees: GitTrees;
  tree: string;
  files: ReadonlyMap<string, string>;
  folders: readonly WorkspaceFolder[];
}): Promise<BranchChanges> {
  const { trees, tree, files, folders } = options;
  const published = await trees.texts(tree, files.keys());
  const changes: BranchChanges = {
    published,
    files,
    removed: [],
    handEdits: [],
    unreadableLocks: [],
  };
  for (const { prefix, content } of folders) {
    const full = (path: string) => `${prefix}${path}`;
    const { artifacts } = content;
    const lockText = published.get(full(ARTIFACT_PATHS.lock));
    const lock = parseLock(lockText ?? '');
    if (lockText !== undefined && !lock) {
      changes.unreadableLocks.push(full(ARTIFACT_PATHS.lock));
    }
    const listed = Object.keys(lock?.artifacts ?? {});
    const others = listed.map(full).filter(path => !files.has(path));
    const texts = await trees.texts(tree, others);
    texts.forEach((text, path) => published.set(path, text));
    const { handEdits, obsolete } = compareWithPublished({
      published: pick(published, [...artifacts.keys(), ...listed], prefix),
      artifacts,
    });
    changes.removed.push(
      ...obsolete.map(full).filter(path => !files.has(path)),
    );
    changes.handEdits.push(
      ...handEdits.map(edit => ({ ...edit, path: full(edit.path) })),
    );
  }
  return changes;
}

/** Of paths within a folder those that are there, by that path. */
function pick(
  texts: ReadonlyMap<string, string>,
  paths: readonly string[],
  prefix: string,
): Map<string, string> {
  return new Map(
    paths.flatMap(path => {
      const text = texts.get(`${prefix}${path}`);
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}
