import {
  type Clock,
  type CoderDeployment,
  type MergeObstacle,
  type PullRequestStanding,
  type RepositoryRef,
  requestDigest,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import { firstVerdict } from './firstVerdict';
import { toPullRequest, toRepository } from './rows';
import type { FleetRow } from './rows';

/**
 * A deployment that waits until its pull request is merged.
 *
 * @internal
 */
export type WaitingMerge = {
  name: string;
  /** What was requested. */
  deployment: CoderDeployment;
  /** SHA-256 of exactly what was requested, in hexadecimal. */
  digest: string;
  repository?: RepositoryRef;
  pullRequest: PullRequestStanding;
};

/**
 * Deployments that were requested by a pull request which is not merged yet. Any number of replicas may look at
 * the same: what was changed meanwhile is not touched.
 *
 * @internal
 */
export class MergeStore {
  readonly #client: Knex;
  readonly #clock: Clock;

  constructor(options: { client: Knex; clock: Clock }) {
    this.#client = options.client;
    this.#clock = options.clock;
  }

  /** All that wait, the longest waiting first. */
  async list(): Promise<WaitingMerge[]> {
    const rows = await waitingRows(this.#client).orderBy([
      'requested_at',
      'name',
    ]);
    return rows.flatMap(toWaitingMerge);
  }

  /** One that waits; `undefined` when it does not. */
  async get(name: string): Promise<WaitingMerge | undefined> {
    const rows = await waitingRows(this.#client).where({ name });
    return rows.flatMap(toWaitingMerge)[0];
  }

  /**
   * Starts it: its deadline begins, and its first poll is due at once. `false` when it does not wait any more,
   * or when something else is requested by now.
   */
  async start(waiting: WaitingMerge): Promise<boolean> {
    const now = this.#clock();
    return this.#changing(waiting, async (trx, { name }) => {
      await trx('deployments')
        .where({ name })
        .update({
          ...firstVerdict(now),
          requested_at: null,
          merge_obstacle: null,
          updated_at: now.getTime(),
        });
      await trx('due_queue').insert({
        deployment: name,
        next_due_at: now.getTime(),
      });
    });
  }

  /**
   * Says why it does not start yet; `undefined`: only because it is not merged. The same obstacle keeps the time
   * at which it came up. `false` like {@link MergeStore.start}.
   */
  async obstruct(
    waiting: WaitingMerge,
    obstacle: Omit<MergeObstacle, 'since'> | undefined,
  ): Promise<boolean> {
    const now = this.#clock();
    return this.#changing(waiting, async (trx, current) => {
      const before = current.pullRequest.obstacle;
      const since =
        before && before.kind === obstacle?.kind
          ? before.since
          : now.toISOString();
      const { obstacle: _, ...rest } = current.pullRequest;
      const pullRequest = {
        ...rest,
        ...(obstacle && { obstacle: { ...obstacle, since } }),
      };
      if (JSON.stringify(pullRequest) === JSON.stringify(current.pullRequest)) {
        return;
      }
      await trx('deployments')
        .where({ name: current.name })
        .update({
          ...firstVerdict(now, pullRequest),
          merge_obstacle: pullRequest.obstacle
            ? JSON.stringify(pullRequest.obstacle)
            : null,
        });
    });
  }

  async #changing(
    waiting: WaitingMerge,
    work: (trx: Knex.Transaction, current: WaitingMerge) => Promise<void>,
  ): Promise<boolean> {
    const { name, digest } = waiting;
    return this.#client.transaction(async trx => {
      const rows = await waitingRows(trx).where({ name }).forUpdate();
      const [current] = rows.flatMap(toWaitingMerge);
      if (current?.digest !== digest) {
        return false;
      }
      await work(trx, current);
      return true;
    });
  }
}

type WaitingRow = Pick<
  FleetRow,
  | 'name'
  | 'deployment'
  | 'repository'
  | 'requested_at'
  | 'pull_request'
  | 'merge_obstacle'
>;

function waitingRows(client: Knex) {
  return client<FleetRow>('deployments')
    .select(
      'name',
      'deployment',
      'repository',
      'requested_at',
      'pull_request',
      'merge_obstacle',
    )
    .whereNotNull('requested_at');
}

function toWaitingMerge(row: WaitingRow): WaitingMerge[] {
  const pullRequest = toPullRequest(row);
  if (!pullRequest) {
    return [];
  }
  const deployment: CoderDeployment = JSON.parse(row.deployment);
  const repository = toRepository(row.repository);
  return [
    {
      name: row.name,
      deployment,
      digest: requestDigest(deployment),
      pullRequest,
      ...(repository && { repository }),
    },
  ];
}
