import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  DNS_LABEL_PATTERN,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { BareRepository } from './BareRepository';
import type { CommitRequest } from './BareRepository';
import { withRepositoryLock } from './repositoryLock';
import type {
  CommitSummary,
  FileContent,
  PublishOptions,
  PublishResult,
  TreeFile,
} from './types';
import {
  assertFilePath,
  assertRepositoryName,
  cleanAuthor,
  cleanMessage,
} from './validation';

const SUFFIX = '.git';
const LOCK_WAIT_MS = 10_000;
const DEFAULT_HISTORY = 50;
const MAX_HISTORY = 500;

function checked(options: PublishOptions): CommitRequest {
  const { files, remove = [], message, author, now, expectedParent } = options;
  if (files.size === 0 && remove.length === 0) {
    throw new InputError('There is nothing to publish');
  }
  [...files.keys(), ...remove].forEach(assertFilePath);
  const both = remove.find(path => files.has(path));
  if (both !== undefined) {
    throw new InputError(`${both} is to be written and to be removed`);
  }
  return {
    files,
    remove,
    message: cleanMessage(message),
    author: cleanAuthor(author),
    now,
    expectedParent,
  };
}

/**
 * Bare Git repositories in one directory, `<name>.git` each, with the branch `main`, written without a work
 * tree. A crash at any point leaves them valid.
 *
 * @public
 */
export class DeploymentRepositories {
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #lockWaitMs: number;

  private constructor(options: {
    directory: string;
    clock?: Clock;
    lockWaitMs?: number;
  }) {
    this.#directory = options.directory;
    this.#clock = options.clock ?? systemClock;
    this.#lockWaitMs = options.lockWaitMs ?? LOCK_WAIT_MS;
  }

  /** `lockWaitMs`: how long to wait for another process that publishes; 10,000. */
  static create(options: {
    directory: string;
    clock?: Clock;
    lockWaitMs?: number;
  }): DeploymentRepositories {
    return new DeploymentRepositories(options);
  }

  /** Reads `coderFleet.publish.git.directory`; `undefined` when it is not configured. */
  static fromConfig(config: Config): DeploymentRepositories | undefined {
    const directory = config.getOptionalString(
      'coderFleet.publish.git.directory',
    );
    return directory ? new DeploymentRepositories({ directory }) : undefined;
  }

  /**
   * Writes one commit to `main`, or none when nothing differs. Throws `InputError` for names, paths and
   * authors that cannot be, and `ConflictError` when the repository stays locked or `main` is not at
   * `expectedParent`.
   */
  async publish(options: PublishOptions): Promise<PublishResult> {
    const repository = this.#repository(options.name);
    const request = checked(options);
    await repository.ensure();
    return withRepositoryLock(
      {
        gitdir: repository.gitdir,
        clock: this.#clock,
        waitMs: this.#lockWaitMs,
      },
      () => repository.commit(request),
    );
  }

  /** The names of all repositories, sorted. */
  async list(): Promise<string[]> {
    const files = await readdir(this.#directory).catch(error => {
      if (error.code === 'ENOENT') {
        return [];
      }
      throw error;
    });
    return files
      .filter(file => file.endsWith(SUFFIX))
      .map(file => file.slice(0, -SUFFIX.length))
      .filter(name => DNS_LABEL_PATTERN.test(name))
      .sort();
  }

  /** The commit that `main` is at. Throws `NotFoundError` without repository or commit. */
  async head(name: string): Promise<string> {
    return (await this.#open(name)).resolve();
  }

  /**
   * All files at a branch, tag or commit (`main` by default), sorted by path. Throws `NotFoundError`
   * without repository or commit.
   */
  async tree(name: string, ref?: string): Promise<TreeFile[]> {
    return (await this.#open(name)).tree(ref);
  }

  /**
   * One file at a branch, tag or commit (`main` by default). Throws `NotFoundError` without repository,
   * commit or file.
   */
  async file(name: string, path: string, ref?: string): Promise<FileContent> {
    assertFilePath(path);
    return (await this.#open(name)).file(path, ref);
  }

  /** Commits of `main`, newest first; 50 by default, at most 500. */
  async history(
    name: string,
    options: { limit?: number } = {},
  ): Promise<CommitSummary[]> {
    const { limit = DEFAULT_HISTORY } = options;
    const repository = await this.#open(name);
    return repository.history(Math.min(Math.max(limit, 1), MAX_HISTORY));
  }

  #repository(name: string): BareRepository {
    assertRepositoryName(name);
    const gitdir = join(this.#directory, `${name}${SUFFIX}`);
    return new BareRepository({ name, gitdir });
  }

  async #open(name: string): Promise<BareRepository> {
    const repository = this.#repository(name);
    await repository.assertExists();
    return repository;
  }
}
