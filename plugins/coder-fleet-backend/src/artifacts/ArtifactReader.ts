import { NotFoundError, isError } from '@backstage/errors';
import {
  ARTIFACT_PATHS,
  parseDeploymentFile,
  parseLock,
  repositoryEvidence,
  systemClock,
  verifyArtifacts,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  ArtifactCommit,
  ArtifactEntry,
  ArtifactFile,
  ArtifactTree,
  Clock,
  CoderDeployment,
  Lock,
  RepositoryEvidence,
  RepositoryRef,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  DeploymentRepositories,
  TreeFile,
} from '@coder-fleet/backstage-plugin-coder-fleet-node';

/** Rules judge rendered files, of a few kilobytes each. */
const MAX_JUDGED_BYTES = 256 * 1024;
const MAX_JUDGED_FILES = 200;

/** Until then what was read of a commit counts as seen just now. */
const REMEMBERED_MS = 60 * 60_000;

const MAX_REMEMBERED = 1_000;

/**
 * Where a deployment's artifacts are, as far as it is registered.
 *
 * @internal
 */
export type ArtifactPlace = { name: string; repository?: RepositoryRef };

/**
 * A repository as rules judge it.
 *
 * @internal
 */
export type JudgedRepository = {
  commit: string;
  readAt: Date;
  repository: RepositoryEvidence;
};

/**
 * Reads the repositories of deployments.
 *
 * @internal
 */
export class ArtifactReader {
  readonly #repositories?: Repositories;
  readonly #clock: Clock;
  readonly #judged = new Map<string, JudgedRepository>();

  constructor(options: { repositories?: Repositories; clock?: Clock }) {
    this.#repositories = options.repositories;
    this.#clock = options.clock ?? systemClock;
  }

  /** The files at the last commit, and how each compares with the lock beside it. */
  async tree(place: ArtifactPlace): Promise<ArtifactTree> {
    const { repositories, location } = this.#open(place);
    const commit = await repositories.head(location);
    const files = await repositories.tree(location, commit);
    const read = async (path: string) =>
      files.some(file => file.path === path)
        ? (await repositories.file(location, path, commit)).text
        : undefined;
    const lock = parseLock((await read(ARTIFACT_PATHS.lock)) ?? '');
    return { commit, items: await compared(files, lock, read) };
  }

  /** One file at the last commit. */
  async file(place: ArtifactPlace, path: string): Promise<ArtifactFile> {
    const { repositories, location } = this.#open(place);
    const commit = await repositories.head(location);
    const { text, size } = await repositories.file(location, path, commit);
    return {
      path,
      commit,
      size,
      ...(text !== undefined && { content: text }),
    };
  }

  /** The commits, newest first. */
  async history(place: ArtifactPlace): Promise<ArtifactCommit[]> {
    const { repositories, location } = this.#open(place);
    const commits = await repositories.history(location);
    return commits.map(({ commit, message, author, date }) => ({
      commit,
      message,
      author: author.name,
      date: date.toISOString(),
    }));
  }

  /**
   * The spec at the last commit; `undefined` when there is none, or when nothing is read here. Throws an
   * `InputError` when it cannot be understood.
   */
  async deployment(place: ArtifactPlace): Promise<CoderDeployment | undefined> {
    try {
      const { content } = await this.file(place, ARTIFACT_PATHS.deployment);
      return parseDeploymentFile(content ?? '');
    } catch (error) {
      if (isError(error) && error.name === 'NotFoundError') {
        return undefined;
      }
      throw error;
    }
  }

  /** What rules judge of the last commit; `undefined` when it cannot be read. */
  async judged(place: ArtifactPlace): Promise<JudgedRepository | undefined> {
    try {
      const { repositories, location } = this.#open(place);
      const commit = await repositories.head(location);
      const known = this.#judged.get(location);
      const now = this.#clock();
      if (
        known?.commit === commit &&
        now.getTime() - known.readAt.getTime() < REMEMBERED_MS
      ) {
        return known;
      }
      const judged = {
        commit,
        readAt: now,
        repository: await this.#readJudged(repositories, location, commit),
      };
      if (this.#judged.size >= MAX_REMEMBERED) {
        this.#judged.clear();
      }
      this.#judged.set(location, judged);
      return judged;
    } catch {
      // What cannot be read is judged as unknown; the Artifacts tab says why
      return undefined;
    }
  }

  async #readJudged(
    repositories: Repositories,
    location: string,
    commit: string,
  ): Promise<RepositoryEvidence> {
    const tree = await repositories.tree(location, commit);
    const wanted = tree
      .filter(({ size }) => size <= MAX_JUDGED_BYTES)
      .slice(0, MAX_JUDGED_FILES);
    const files = await Promise.all(
      wanted.map(async ({ path }) => ({
        path,
        content: (await repositories.file(location, path, commit)).text ?? '',
      })),
    );
    const { deviation, ...repository } = repositoryEvidence(files);
    return {
      ...repository,
      paths: tree.map(({ path }) => path),
      // What was left out cannot be compared with the lock
      ...(deviation && wanted.length === tree.length && { deviation }),
    };
  }

  #open({ name, repository }: ArtifactPlace) {
    if (!repository) {
      throw new NotFoundError(`"${name}" was registered without a repository`);
    }
    if (repository.type !== 'directory') {
      throw new NotFoundError(
        `The artifacts of "${name}" are kept at ${repository.location}, which is not read here`,
      );
    }
    if (!this.#repositories) {
      throw new NotFoundError(
        'Repositories are not read here: coderFleet.publish.git.directory is not configured',
      );
    }
    return { repositories: this.#repositories, location: repository.location };
  }
}

type Repositories = Pick<
  DeploymentRepositories,
  'head' | 'tree' | 'file' | 'history'
>;

async function compared(
  files: readonly TreeFile[],
  lock: Lock | undefined,
  read: (path: string) => Promise<string | undefined>,
): Promise<ArtifactEntry[]> {
  const sizes = new Map(files.map(({ path, size }) => [path, size]));
  const locked = Object.keys(lock?.artifacts ?? {});
  const texts = new Map<string, string>();
  for (const path of locked.filter(known => sizes.has(known))) {
    // A rendered file is text; something else in its place is an edit
    texts.set(path, (await read(path)) ?? '');
  }
  const { edited, missing } = lock
    ? verifyArtifacts(texts, lock)
    : { edited: [], missing: [] };
  const statusOf = (path: string): ArtifactEntry['status'] => {
    if (edited.includes(path)) {
      return 'edited';
    }
    const ours =
      lock && (locked.includes(path) || path === ARTIFACT_PATHS.lock);
    return ours ? 'rendered' : 'other';
  };
  return [
    ...files.map(({ path, size }) => ({ path, size, status: statusOf(path) })),
    ...missing.map(path => ({ path, size: 0, status: 'missing' as const })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}
