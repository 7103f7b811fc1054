import * as fs from 'node:fs';
import * as git from 'isomorphic-git';
import type { HttpClient } from 'isomorphic-git';
import { boundedHttp } from './boundedHttp';
import type { GitHostRepository } from './gitHostRepository';
import { remoteFailure } from './remoteFailure';

/**
 * The head of a branch.
 *
 * @internal
 */
export type BranchHead = { branch: string; commit: string };

/**
 * A repository elsewhere. What is read goes into a bare repository of this machine, whose directory is given.
 *
 * @internal
 */
export interface GitRemote {
  /** Reads the default branch without its history; answers `undefined` when there is no commit yet. */
  fetchDefaultBranch(gitdir: string): Promise<BranchHead | undefined>;
  /** Reads a branch without its history; answers its commit, or `undefined` when there is no such branch. */
  fetchBranch(gitdir: string, branch: string): Promise<string | undefined>;
  /** Makes a branch what it is here, whatever it is there. */
  pushBranch(gitdir: string, branch: string): Promise<void>;
}

const REMOTE = 'origin';
const BRANCHES = 'refs/heads/';

/**
 * A repository with a Git host, over HTTPS. What fails is told in words of its own: errors of the connection may
 * hold what was sent.
 *
 * @internal
 */
export class HttpGitRemote implements GitRemote {
  readonly #repository: GitHostRepository;
  readonly #authorization: string;
  readonly #http: HttpClient;
  readonly #signal?: AbortSignal;

  constructor(options: {
    repository: GitHostRepository;
    authorization: string;
    http: HttpClient;
    signal?: AbortSignal;
  }) {
    this.#repository = options.repository;
    this.#authorization = options.authorization;
    this.#signal = options.signal;
    this.#http = boundedHttp(options.http, { signal: options.signal });
  }

  async fetchDefaultBranch(gitdir: string): Promise<BranchHead | undefined> {
    const fetched = await this.#fetch(gitdir, 'HEAD');
    const { defaultBranch, fetchHead } = fetched ?? {};
    return defaultBranch?.startsWith(BRANCHES) && fetchHead
      ? { branch: defaultBranch.slice(BRANCHES.length), commit: fetchHead }
      : undefined;
  }

  async fetchBranch(
    gitdir: string,
    branch: string,
  ): Promise<string | undefined> {
    const fetched = await this.#fetch(gitdir, `${BRANCHES}${branch}`);
    return fetched?.fetchHead ?? undefined;
  }

  async pushBranch(gitdir: string, branch: string): Promise<void> {
    await this.#tell('written', async () => {
      await git.push({
        ...this.#connection(gitdir),
        ref: `${BRANCHES}${branch}`,
        remoteRef: `${BRANCHES}${branch}`,
        force: true,
      });
    });
  }

  /** Answers `undefined` when there is no such ref. */
  #fetch(gitdir: string, ref: string): Promise<git.FetchResult | undefined> {
    return this.#tell('read', async () => {
      await git.init({ fs, gitdir, bare: true });
      await git.addRemote({
        fs,
        gitdir,
        remote: REMOTE,
        url: this.#repository.cloneUrl,
        force: true,
      });
      try {
        return await git.fetch({
          ...this.#connection(gitdir),
          ref,
          remoteRef: ref,
          singleBranch: true,
          tags: false,
          depth: 1,
        });
      } catch (error) {
        if (error instanceof git.Errors.NotFoundError) {
          return undefined;
        }
        throw error;
      }
    });
  }

  #connection(gitdir: string) {
    return {
      fs,
      gitdir,
      http: this.#http,
      remote: REMOTE,
      url: this.#repository.cloneUrl,
      // Sent at once: hosts answer a request without it by a page to sign in at
      headers: { Authorization: this.#authorization },
    };
  }

  async #tell<T>(done: 'read' | 'written', work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw remoteFailure(error, { repository: this.#repository, done });
    }
  }
}
