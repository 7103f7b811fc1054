import * as fs from 'node:fs';
import { InputError } from '@backstage/errors';
import * as git from 'isomorphic-git';
import type { TreeEntry } from 'isomorphic-git';
import { printable } from '../report/printable';

const FILE_MODE = '100644';
const EXECUTABLE_MODE = '100755';
const DIRECTORY_MODE = '040000';
const MAX_TEXT_BYTES = 1024 * 1024;

/** A text to write, or `null` for a file that goes. */
type Change = string | null;

/**
 * The trees of a repository on disk. Only directories on the way to a file are read and written: a repository may
 * hold much else.
 *
 * @internal
 */
export class GitTrees {
  readonly #repository: { fs: typeof fs; gitdir: string; cache: object };
  readonly #trees = new Map<string, TreeEntry[]>();

  constructor(options: { gitdir: string }) {
    // Without a cache the index of a pack would be read again for every object
    this.#repository = { fs, gitdir: options.gitdir, cache: {} };
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
        texts.set(path, decode(blob));
      }
    }
    return texts;
  }

  /**
   * Writes the tree in which files were written or removed. Throws an `InputError` when a file would have to be
   * where a directory is, or the other way about.
   */
  async edit(
    tree: string,
    changes: {
      files: ReadonlyMap<string, string>;
      removed: readonly string[];
    },
  ): Promise<string> {
    // First what goes: a directory may come where a file was
    const gone = changes.removed.map(path => [path, null] as const);
    const rest = await this.#edit(tree, new Map(gone), '');
    const edited = await this.#edit(rest, changes.files, '');
    return edited ?? git.writeTree({ ...this.#repository, tree: [] });
  }

  async #edit(
    oid: string | undefined,
    changes: ReadonlyMap<string, Change>,
    prefix: string,
  ): Promise<string | undefined> {
    const before = oid ? await this.#entries(oid) : [];
    const after = new Map(before.map(entry => [entry.path, entry]));
    const { here, below } = split(changes);
    for (const [name, change] of here) {
      const known = after.get(name);
      if (change === null) {
        if (known?.type === 'blob') {
          after.delete(name);
        }
      } else if (known && known.type !== 'blob') {
        throw new InputError(
          `${printable(prefix + name)} is a directory in the repository, so that the file cannot be written`,
        );
      } else {
        after.set(name, await this.#write(name, change, known));
      }
    }
    for (const [name, inside] of below) {
      const known = after.get(name);
      const isTree = known?.type === 'tree';
      if (known && !isTree) {
        assertNothingToWrite(inside, `${prefix}${name}`);
        continue;
      }
      const edited = await this.#edit(
        isTree ? known.oid : undefined,
        inside,
        `${prefix}${name}/`,
      );
      if (edited) {
        after.set(name, {
          path: name,
          mode: DIRECTORY_MODE,
          type: 'tree',
          oid: edited,
        });
      } else {
        after.delete(name);
      }
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
  const here = new Map<string, Change>();
  const below = new Map<string, Map<string, Change>>();
  for (const [path, change] of changes) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      here.set(path, change);
    } else {
      const name = path.slice(0, slash);
      const inside = below.get(name) ?? new Map<string, Change>();
      inside.set(path.slice(slash + 1), change);
      below.set(name, inside);
    }
  }
  return { here, below };
}

function assertNothingToWrite(
  changes: ReadonlyMap<string, Change>,
  path: string,
): void {
  if ([...changes.values()].some(change => change !== null)) {
    throw new InputError(
      `${printable(path)} is no directory in the repository, so that no files can be in it`,
    );
  }
}

function decode(content: Uint8Array): string {
  if (content.byteLength > MAX_TEXT_BYTES) {
    return '';
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      content,
    );
  } catch {
    return '';
  }
}
