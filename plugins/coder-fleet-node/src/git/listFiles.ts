import * as git from 'isomorphic-git';
import type { FsClient } from 'isomorphic-git';

/**
 * The ids of all files of a tree, links among them, by full path.
 *
 * @internal
 */
export async function listFiles(
  repository: { fs: FsClient; gitdir: string },
  options: { tree: string; prefix?: string },
): Promise<Map<string, string>> {
  const { tree: entries } = await git.readTree({
    ...repository,
    oid: options.tree,
  });
  const files = new Map<string, string>();
  for (const { path: name, type, oid } of entries) {
    const path = `${options.prefix ?? ''}${name}`;
    if (type === 'blob') {
      files.set(path, oid);
    } else if (type === 'tree') {
      const inside = await listFiles(repository, {
        tree: oid,
        prefix: `${path}/`,
      });
      inside.forEach((id, below) => files.set(below, id));
    }
  }
  return files;
}
