import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConflictError, NotFoundError } from '@backstage/errors';
import * as git from 'isomorphic-git';
import type { FsClient } from 'isomorphic-git';
import { atomicFs } from './atomicFs';
import { decodeText } from './decodeText';
import { GitTrees } from './GitTrees';
import { listFiles } from './listFiles';
import type {
  CommitAuthor,
  CommitSummary,
  FileContent,
  PublishResult,
  TreeFile,
} from './types';
import { assertRefName } from './validation';

const BRANCH = 'main';
const COMMIT_ID = /^[0-9a-f]{40}$/;

/** isomorphic-git marks its errors by code; these mean "there is no such thing". */
const MISSING = ['NotFoundError', 'ObjectTypeError', 'ENOENT'];

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code);
}

async function orNotFound<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw MISSING.includes(codeOf(error)) ? new NotFoundError(what) : error;
  }
}

/** A commit to be, its parts already checked. */
export type CommitRequest = {
  files: ReadonlyMap<string, string>;
  remove: readonly string[];
  message: string;
  author: CommitAuthor;
  now: Date;
  expectedParent?: string | null;
};

/**
 * One bare repository. It knows Git, but neither which names and paths are allowed nor locks.
 *
 * @internal
 */
export class BareRepository {
  readonly gitdir: string;
  readonly #name: string;
  readonly #at: { fs: FsClient; gitdir: string };
  readonly #trees: GitTrees;

  constructor(options: { name: string; gitdir: string }) {
    this.#name = options.name;
    this.gitdir = options.gitdir;
    this.#at = { gitdir: options.gitdir, fs: atomicFs(options.gitdir) };
    this.#trees = GitTrees.create(this.#at);
  }

  async assertExists(): Promise<void> {
    await orNotFound(
      `There is no repository ${this.#name}`,
      fs.access(join(this.gitdir, 'HEAD')),
    );
  }

  /** Makes the repository unless it is there; it appears under its name only once it is complete. */
  async ensure(): Promise<void> {
    const temporary = join(
      dirname(this.gitdir),
      `.${this.#name}-${randomUUID()}`,
    );
    try {
      await this.assertExists();
      return;
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
    }
    try {
      await git.init({
        fs: atomicFs(temporary),
        bare: true,
        dir: temporary,
        gitdir: temporary,
        defaultBranch: BRANCH,
      });
      await fs.rename(temporary, this.gitdir);
    } catch (error) {
      await fs.rm(temporary, { recursive: true, force: true });
      if (!['EEXIST', 'ENOTEMPTY'].includes(codeOf(error))) {
        throw error;
      }
    }
  }

  /** The commit that a branch, tag or commit (`main` by default) stands for. */
  async resolve(ref: string = BRANCH): Promise<string> {
    const what = ref === BRANCH ? 'commit yet' : ref;
    const missing = `There is no ${what} in the repository ${this.#name}`;
    if (COMMIT_ID.test(ref)) {
      await orNotFound(missing, git.readCommit({ ...this.#at, oid: ref }));
      return ref;
    }
    assertRefName(ref);
    return (
      (await this.#tip(ref)) ??
      (await orNotFound(
        missing,
        git.resolveRef({ ...this.#at, ref: `refs/tags/${ref}` }),
      ))
    );
  }

  async tree(ref?: string): Promise<TreeFile[]> {
    const { tree } = await this.#trees.commit(await this.resolve(ref));
    const files: TreeFile[] = [];
    for (const [path, oid] of await listFiles(this.#at, { tree })) {
      const { blob } = await git.readBlob({ ...this.#at, oid });
      files.push({ path, oid, size: blob.byteLength });
    }
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async file(path: string, ref?: string): Promise<FileContent> {
    const { blob, oid } = await orNotFound(
      `There is no file ${path} in the repository ${this.#name}`,
      git.readBlob({
        ...this.#at,
        oid: await this.resolve(ref),
        filepath: path,
      }),
    );
    return { text: decodeText(blob), size: blob.byteLength, oid };
  }

  async history(limit: number): Promise<CommitSummary[]> {
    const ref = await this.resolve();
    const log = await git.log({ ...this.#at, ref, depth: limit });
    return log.map(({ oid, commit: { message, author } }) => ({
      commit: oid,
      message: message.trimEnd(),
      author: { name: author.name, email: author.email },
      date: new Date(author.timestamp * 1_000),
    }));
  }

  /** Objects first, the branch at the end: until then nothing of the commit can be seen. */
  async commit(request: CommitRequest): Promise<PublishResult> {
    const parent = await this.#tip(BRANCH);
    const { expectedParent } = request;
    if (expectedParent !== undefined && expectedParent !== (parent ?? null)) {
      throw this.#publishedMeanwhile();
    }
    const before = parent ? await this.#trees.commit(parent) : undefined;
    const tree = await this.#trees.edit(before?.tree, {
      files: request.files,
      removed: request.remove,
    });
    if (parent && tree === before?.tree) {
      return { commit: parent, changed: false, created: false };
    }
    const author = {
      ...request.author,
      timestamp: Math.floor(request.now.getTime() / 1_000),
      timezoneOffset: 0,
    };
    const commit = await git.writeCommit({
      ...this.#at,
      commit: {
        tree,
        parent: parent ? [parent] : [],
        author,
        committer: author,
        message: request.message,
      },
    });
    await this.#moveBranch({ from: parent, to: commit });
    return { commit, changed: true, created: !parent };
  }

  async #tip(branch: string): Promise<string | undefined> {
    try {
      return await git.resolveRef({ ...this.#at, ref: `refs/heads/${branch}` });
    } catch (error) {
      if (error instanceof git.Errors.NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }

  #publishedMeanwhile(): ConflictError {
    return new ConflictError(
      `Somebody else published to the repository ${this.#name} meanwhile: run the task again`,
    );
  }

  async #moveBranch(move: { from?: string; to: string }): Promise<void> {
    // Someone may have pushed meanwhile: our lock does not stop Git.
    if ((await this.#tip(BRANCH)) !== move.from) {
      throw this.#publishedMeanwhile();
    }
    await git.writeRef({
      ...this.#at,
      ref: `refs/heads/${BRANCH}`,
      value: move.to,
      force: true,
    });
  }
}
