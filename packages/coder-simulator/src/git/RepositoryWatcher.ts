import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isError } from '@backstage/errors';
import { DeploymentConfig } from '../deployment/DeploymentConfig';
import { isDeploymentName } from '../deployment/names';
import { parseDeployment } from './parseDeployment';
import { headCommit, readCommit } from './readCommit';

const SUFFIX = '.git';

/**
 * What a watcher tells.
 *
 * @internal
 */
export interface RepositoryListener {
  /** A new commit asks for this. */
  onCommit(config: DeploymentConfig): void;
  /** A new commit cannot be booted; said once a commit. */
  onProblem(name: string, problem: string): void;
  /** The repository is gone. */
  onRemoved(name: string): void;
}

/**
 * Watches a folder of bare repositories, `<name>.git`, and tells what the head of `main` asks for.
 * It looks at the references again and again: nothing else works on every file system.
 *
 * @internal
 */
export class RepositoryWatcher {
  readonly #directory: string;
  readonly #intervalMs: number;
  readonly #listener: RepositoryListener;
  readonly #heads = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #scanning: Promise<void> = Promise.resolve();

  constructor(options: {
    directory: string;
    intervalMs: number;
    listener: RepositoryListener;
  }) {
    this.#directory = options.directory;
    this.#intervalMs = options.intervalMs;
    this.#listener = options.listener;
  }

  /** Looks once and resolves; from then on looks again at every interval. */
  async start(): Promise<void> {
    this.#scanning = this.#scan();
    await this.#scanning;
    if (!this.#closed) {
      this.#timer = setTimeout(() => {
        void this.start();
      }, this.#intervalMs);
    }
  }

  /** Resolves when nothing more will be told. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#scanning;
  }

  async #scan(): Promise<void> {
    const names = await this.#names();
    for (const name of names) {
      if (this.#closed) {
        return;
      }
      await this.#look(name);
    }
    const present = new Set(names);
    for (const name of this.#heads.keys()) {
      if (!present.has(name)) {
        this.#heads.delete(name);
        this.#listener.onRemoved(name);
      }
    }
  }

  async #names(): Promise<string[]> {
    // The folder is made by whoever publishes first.
    const entries = await readdir(this.#directory).catch(() => []);
    return entries
      .filter(entry => entry.endsWith(SUFFIX))
      .map(entry => entry.slice(0, -SUFFIX.length))
      .filter(isDeploymentName);
  }

  async #look(name: string): Promise<void> {
    const gitdir = join(this.#directory, `${name}${SUFFIX}`);
    try {
      const head = await headCommit(gitdir);
      if (!head || head === this.#heads.get(name)) {
        return;
      }
      this.#heads.set(name, head);
      const config = parseDeployment(await readCommit(gitdir, head));
      if (config.name === name) {
        this.#listener.onCommit(config);
      } else {
        this.#listener.onProblem(
          name,
          `coder-deployment.yaml is of ${JSON.stringify(config.name)}`,
        );
      }
    } catch (error) {
      this.#listener.onProblem(
        name,
        isError(error) ? error.message : String(error),
      );
    }
  }
}
