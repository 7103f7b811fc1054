import { InputError } from '@backstage/errors';
import * as git from 'isomorphic-git';
import type { PromiseFsClient, TreeEntry } from 'isomorphic-git';

/** A bare repository on disk. */
export type Repository = { fs: PromiseFsClient; gitdir: string };

/** What a path stands for; directories are implied by their files. */
export type Entry = Pick<TreeEntry, 'mode' | 'oid' | 'type'>;

const FILE_MODE = '100644';
const DIRECTORY_MODE = '040000';

/**
 * Everything in a tree, by full path.
 *
 * @internal
 */
export async function readEntries(
  repository: Repository,
  options: { oid: string; prefix?: string },
): Promise<Map<string, Entry>> {
  const { oid, prefix = '' } = options;
  const { tree } = await git.readTree({ ...repository, oid });
  const entries = new Map<string, Entry>();
  for (const { path, ...entry } of tree) {
    if (entry.type === 'tree') {
      const inside = await readEntries(repository, {
        oid: entry.oid,
        prefix: `${prefix}${path}/`,
      });
      inside.forEach((value, key) => entries.set(key, value));
    } else {
      entries.set(`${prefix}${path}`, entry);
    }
  }
  return entries;
}

/**
 * Writes the trees that hold `entries`; returns the id of the outermost one.
 *
 * @internal
 */
export async function writeEntries(
  repository: Repository,
  entries: ReadonlyMap<string, Entry>,
): Promise<string> {
  const tree: TreeEntry[] = [];
  const directories = new Map<string, Map<string, Entry>>();
  for (const [path, entry] of entries) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      tree.push({ path, ...entry });
    } else {
      const name = path.slice(0, slash);
      const inside = directories.get(name) ?? new Map<string, Entry>();
      inside.set(path.slice(slash + 1), entry);
      directories.set(name, inside);
    }
  }
  for (const [path, inside] of directories) {
    tree.push({
      path,
      mode: DIRECTORY_MODE,
      type: 'tree',
      oid: await writeEntries(repository, inside),
    });
  }
  return git.writeTree({ ...repository, tree });
}

function assertNoFileIsDirectory(
  path: string,
  entries: ReadonlyMap<string, Entry>,
) {
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    const parent = path.slice(0, at);
    if (entries.has(parent)) {
      throw new InputError(
        `${parent} is a file, so that ${path} cannot be in it`,
      );
    }
  }
}

/**
 * The entries after some files were removed and others written. Throws an `InputError` when a path would
 * be a file and a directory at once.
 *
 * @internal
 */
export async function applyChanges(
  repository: Repository,
  options: {
    before: ReadonlyMap<string, Entry>;
    files: ReadonlyMap<string, string>;
    remove: readonly string[];
  },
): Promise<Map<string, Entry>> {
  const after = new Map(options.before);
  options.remove.forEach(path => after.delete(path));
  for (const [path, text] of options.files) {
    const oid = await git.writeBlob({
      ...repository,
      blob: Buffer.from(text, 'utf8'),
    });
    const known = after.get(path);
    const executable = known?.type === 'blob' && known.mode === '100755';
    after.set(path, {
      oid,
      type: 'blob',
      mode: executable ? known.mode : FILE_MODE,
    });
  }
  [...after.keys()].forEach(path => assertNoFileIsDirectory(path, after));
  return after;
}
