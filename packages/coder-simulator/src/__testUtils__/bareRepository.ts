import fs from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import git, { TreeObject } from 'isomorphic-git';

type Files = Readonly<Record<string, string>>;

/** A bare repository with a branch `main`, as the portal's publish action makes it. */
export class BareRepository {
  readonly #gitdir: string;

  private constructor(gitdir: string) {
    this.#gitdir = gitdir;
  }

  static async create(
    directory: string,
    name: string,
  ): Promise<BareRepository> {
    const gitdir = join(directory, `${name}.git`);
    await mkdir(gitdir, { recursive: true });
    await git.init({ fs, gitdir, bare: true, defaultBranch: 'main' });
    return new BareRepository(gitdir);
  }

  /** Commits exactly these files to `main`. */
  async commit(files: Files): Promise<string> {
    const tree = await this.#writeTree(files);
    return git.commit({
      fs,
      gitdir: this.#gitdir,
      message: 'Deployment',
      ref: 'refs/heads/main',
      tree,
      author: { name: 'Test', email: 'test@example.com' },
    });
  }

  async #writeTree(files: Files): Promise<string> {
    const folders: Record<string, Record<string, string>> = {};
    const tree: TreeObject = [];
    for (const [path, content] of Object.entries(files)) {
      const [first, ...rest] = path.split('/');
      if (rest.length > 0) {
        folders[first] = { ...folders[first], [rest.join('/')]: content };
      } else {
        const blob = Buffer.from(content);
        const oid = await git.writeBlob({ fs, gitdir: this.#gitdir, blob });
        tree.push({ mode: '100644', path, oid, type: 'blob' });
      }
    }
    for (const [path, content] of Object.entries(folders)) {
      const oid = await this.#writeTree(content);
      tree.push({ mode: '040000', path, oid, type: 'tree' });
    }
    return git.writeTree({ fs, gitdir: this.#gitdir, tree });
  }
}
