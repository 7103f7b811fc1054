import { InputError } from '@backstage/errors';
import * as git from 'isomorphic-git';
import type { FsClient, TreeEntry } from 'isomorphic-git';
import { decodeText } from './decodeText';
import { printable } from './printable';

const FILE_MODE = '100644';
const EXECUTABLE_MODE = '100755';
const DIRECTORY_MODE = '040000';

/** A text to write, or `null` for a file that goes. */
type Change = string | null;

/**
 * The trees of a repository on disk. Only directories on the way to a file are read and written: a repository may
 * hold much else.
 *
 * @public
 */
export class GitTrees {
  readonly #repository: { fs: FsClient; gitdir: string; cache: object };
  readonly #trees = new Map<string, TreeEntry[]>();

  private constructor(options: { fs: FsClient; gitdir: string }) {
    // Without a cache the index of a pack would be read again for every object
    this.#repository = { fs: options.fs, gitdir: options.gitdir, cache: {} };
  }

  /** `fs`: through which the repository in `gitdir` is read and written. */
  static create(options: { fs: FsClient; gitdir: string }): GitTrees {
    return new GitTrees(options);
  }

  /** The outermost tree of a commit, and its parents. */
  async commit(oid: string): Promise<{ tree: string; parents: string[] }> {
    const { commit } = await git.readCommit({ ...this.#repository, oid });
    return { tree: commit.tree, parents: commit.parent };
  }

  /** Texts of a tree by path, of those paths that are files there; binary and very large ones are empty. */
  async texts(
    tree: string,
    paths: Iterable<string>,
  ): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    for (const path of new Set(paths)) {
      const oid = await this.#blobAt(tree, path);
      if (oid) {
        const { blob } = await git.readBlob({ ...this.#repository, oid });
        texts.set(path, decodeText(blob) ?? '');
      }
    }
    return texts;
  }

  /**
   * Writes the tree in which files were removed and others written, and returns its id; without a tree to begin with,
   * it holds these files alone. Paths to remove that are no files there are no mistake, and a path of both is written.
   * Throws an `InputError` when a file would have to be where a directory is, or the other way about.
   */
  async edit(
    tree: string | undefined,
    changes: {
      files: ReadonlyMap<string, string>;
      removed: readonly string[];
    },
  ): Promise<string> {
    const gone = changes.removed.map(path => [path, null] as const);
    const all = new Map<string, Change>([...gone, ...changes.files]);
    const edited = await this.#edit(tree, all, '');
    return edited ?? git.writeTree({ ...this.#repository, tree: [] });
  }

  /** The id of the edited directory; `undefined` when nothing is left in it. */
  async #edit(
    oid: string | undefined,
    changes: ReadonlyMap<string, Change>,
    prefix: string,
  ): Promise<string | undefined> {
    const before = oid ? await this.#entries(oid) : [];
    const after = new Map(before.map(entry => [entry.path, entry]));
    const { removed, below, written } = split(changes);
    // First what goes: a directory may come where a file was, and a file where a directory was
    for (const name of removed) {
      if (after.get(name)?.type === 'blob') {
        after.delete(name);
      }
    }
    for (const [name, inside] of below) {
      const path = `${prefix}${name}`;
      const known = after.get(name);
      const isTree = known?.type === 'tree';
      if (writesAny(inside)) {
        assertDirectory(path, { known, written: written.has(name) });
      } else if (!isTree) {
        continue;
      }
      const edited = await this.#edit(
        isTree ? known.oid : undefined,
        inside,
        `${path}/`,
      );
      if (edited) {
        after.set(name, treeEntry(name, edited));
      } else {
        after.delete(name);
      }
    }
    for (const [name, text] of written) {
      const known = after.get(name);
      assertFile(`${prefix}${name}`, known);
      after.set(name, await this.#write(name, text, known));
    }
    return after.size > 0
      ? git.writeTree({ ...this.#repository, tree: [...after.values()] })
      : undefined;
  }

  async #write(
    path: string,
    text: string,
    known: TreeEntry | undefined,
  ): Promise<TreeEntry> {
    const oid = await git.writeBlob({
      ...this.#repository,
      blob: Buffer.from(text, 'utf8'),
    });
    const mode = known?.mode === EXECUTABLE_MODE ? known.mode : FILE_MODE;
    return { path, oid, type: 'blob', mode };
  }

  async #blobAt(tree: string, path: string): Promise<string | undefined> {
    const names = path.split('/');
    const file = names.pop();
    let directory = tree;
    for (const name of names) {
      const entry = await this.#entry(directory, name);
      if (entry?.type !== 'tree') {
        return undefined;
      }
      directory = entry.oid;
    }
    const entry = await this.#entry(directory, file);
    return entry?.type === 'blob' ? entry.oid : undefined;
  }

  async #entry(tree: string, name?: string): Promise<TreeEntry | undefined> {
    const entries = await this.#entries(tree);
    return entries.find(({ path }) => path === name);
  }

  async #entries(oid: string): Promise<TreeEntry[]> {
    const known = this.#trees.get(oid);
    if (known) {
      return known;
    }
    const { tree } = await git.readTree({ ...this.#repository, oid });
    this.#trees.set(oid, tree);
    return tree;
  }
}

/** Changes of files in a directory by name, and those below by the name of the directory in it. */
function split(changes: ReadonlyMap<string, Change>) {
  const removed: string[] = [];
  const written = new Map<string, string>();
  const below = new Map<string, Map<string, Change>>();
  for (const [path, change] of changes) {
    const slash = path.indexOf('/');
    if (slash >= 0) {
      const name = path.slice(0, slash);
      const inside = below.get(name) ?? new Map<string, Change>();
      inside.set(path.slice(slash + 1), change);
      below.set(name, inside);
    } else if (change === null) {
      removed.push(path);
    } else {
      written.set(path, change);
    }
  }
  return { removed, below, written };
}

function writesAny(changes: ReadonlyMap<string, Change>): boolean {
  return [...changes.values()].some(change => change !== null);
}

function treeEntry(path: string, oid: string): TreeEntry {
  return { path, oid, type: 'tree', mode: DIRECTORY_MODE };
}

function assertDirectory(
  path: string,
  options: { known: TreeEntry | undefined; written: boolean },
): void {
  const { known, written } = options;
  if (written) {
    throw new InputError(
      `${printable(path)} is to be a file and a directory at once`,
    );
  }
  if (known && known.type !== 'tree') {
    throw new InputError(
      `${printable(path)} is no directory in the repository, so that no files can be in it`,
    );
  }
}

function assertFile(path: string, known: TreeEntry | undefined): void {
  if (known && known.type !== 'blob') {
    throw new InputError(
      `${printable(path)} is a directory in the repository, so that the file cannot be written`,
    );
  }
}
