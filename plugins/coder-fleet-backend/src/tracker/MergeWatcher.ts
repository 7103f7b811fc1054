import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, stringifyError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type { MergedReader, MergedStanding } from '../artifacts/MergedReader';
import { publishChange } from '../events';
import type { MergeStore, WaitingMerge } from '../store/MergeStore';

/**
 * Starts deployments once the pull requests with which they were requested are merged.
 *
 * @internal
 */
export class MergeWatcher {
  readonly #merges: MergeStore;
  readonly #reader: Pick<MergedReader, 'compare'>;
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #onDue: () => void;

  constructor(options: {
    merges: MergeStore;
    reader: Pick<MergedReader, 'compare'>;
    events: EventsService;
    logger: LoggerService;
    /** Called when there is something to poll at once. */
    onDue: () => void;
  }) {
    this.#merges = options.merges;
    this.#reader = options.reader;
    this.#events = options.events;
    this.#logger = options.logger;
    this.#onDue = options.onDue;
  }

  /** Looks at all that wait. One that fails does not keep the others. */
  async run(signal?: AbortSignal): Promise<void> {
    for (const waiting of await this.#merges.list()) {
      if (signal?.aborted) {
        return;
      }
      try {
        await this.#look(waiting, signal);
      } catch (error) {
        this.#logger.warn(
          `Whether "${waiting.name}" was merged is not known: ${stringifyError(error)}`,
        );
      }
    }
  }

  /** Looks at one now, if it waits. `false` when it does not. */
  async check(name: string): Promise<boolean> {
    const waiting = await this.#merges.get(name);
    if (!waiting) {
      return false;
    }
    await this.#look(waiting);
    return true;
  }

  /**
   * Starts one of which somebody says that it was merged. Where its repository can be read, what is there
   * decides. Throws a `ConflictError`.
   */
  async confirm(name: string): Promise<void> {
    const waiting = await this.#merges.get(name);
    if (!waiting) {
      throw new ConflictError(
        `"${name}" waits for no pull request: there is nothing to start`,
      );
    }
    const { status } = await this.#look(waiting);
    if (status === 'same') {
      return;
    }
    if (status !== 'unreadable') {
      throw new ConflictError(
        `The default branch of ${waiting.repository?.location} can be read and does not have what was requested: ` +
          `merge ${waiting.pullRequest.url} first, or register again what was merged`,
      );
    }
    if (!(await this.#start(waiting))) {
      throw new ConflictError(
        `The request for "${name}" was changed meanwhile: look at it again`,
      );
    }
  }

  async #look(
    waiting: WaitingMerge,
    signal?: AbortSignal,
  ): Promise<MergedStanding> {
    const { deployment, repository } = waiting;
    const standing: MergedStanding = repository
      ? await this.#reader.compare(deployment, repository, signal)
      : { status: 'unreadable', message: 'No repository was named' };
    switch (standing.status) {
      case 'same':
        await this.#start(waiting);
        break;
      case 'absent':
        await this.#merges.obstruct(waiting, undefined);
        break;
      case 'different':
        await this.#merges.obstruct(waiting, { kind: 'different' });
        break;
      default:
        // A replica that stops must not say that a host does not answer
        signal?.throwIfAborted();
        await this.#merges.obstruct(waiting, {
          kind: 'unreadable',
          message: standing.message,
        });
    }
    return standing;
  }

  /** Another replica may have been faster: only one tells of it. */
  async #start(waiting: WaitingMerge): Promise<boolean> {
    const { name, pullRequest } = waiting;
    const started = await this.#merges.start(waiting);
    if (started) {
      this.#logger.info(`"${name}" starts: ${pullRequest.url} was merged`);
      this.#onDue();
      await publishChange(this.#events, { name, change: 'updated' });
    }
    return started;
  }
}
