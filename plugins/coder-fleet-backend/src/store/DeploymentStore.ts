import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  Clock,
  DeploymentQuery,
  DeploymentRecord,
  DeploymentState,
  DeploymentSummary,
  FleetSummary,
  Page,
  UpgradeWindow,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Knex } from 'knex';
import type { Scope } from '../permissions/scope';
import { differs, requireSameRepository } from './changes';
import { firstVerdict } from './firstVerdict';
import { applyFilters, applySort, fromFleet } from './fleetQuery';
import { registrationColumns, toRecord, toRepository, toSummary } from './rows';
import type { DeploymentRow, FleetRow, Registration } from './rows';
import { applyScope } from './scopeQuery';

const DEFAULT_LIMIT = 50;

/** What a list needs; spec and plan are many times as long. */
const SUMMARY_COLUMNS: ReadonlyArray<keyof FleetRow> = [
  'name',
  'display_name',
  'state',
  'state_reason',
  'observed_version',
  'planned_version',
  'region',
  'business_unit',
  'owner',
  'edition',
  'tier',
  'access_url',
  'last_seen',
  'registered_at',
];

/** Of a server that nobody has looked at. */
const NEVER_SEEN = {
  last_seen: null,
  observed_version: null,
  observed_version_sort: null,
} as const;

/**
 * What permission rules look at.
 *
 * @public
 */
export type DeploymentResource = Pick<
  DeploymentSummary,
  'name' | 'owner' | 'businessUnit' | 'region'
>;

/**
 * The registry: what was registered, and the fleet as lists show it.
 *
 * @internal
 */
export class DeploymentStore {
  readonly #client: Knex;
  readonly #clock: Clock;

  constructor(options: { client: Knex; clock: Clock }) {
    this.#client = options.client;
    this.#clock = options.clock;
  }

  /**
   * Registers a new name; it is due for its first poll at once, or once its pull request is merged. Throws a
   * `ConflictError` when the name or the access URL is taken.
   */
  async create(registration: Registration): Promise<void> {
    const now = this.#clock();
    const columns = registrationColumns(registration);
    const name = columns.name;
    const { pullRequest } = registration;
    await this.#refusingTakenOrigin(columns, async trx => {
      const inserted = await trx('deployments')
        .insert({
          ...columns,
          ...firstColumns(now, pullRequest),
          registered_at: now.getTime(),
          updated_at: now.getTime(),
        })
        .onConflict('name')
        .ignore()
        .returning('name');
      if (inserted.length === 0) {
        throw new ConflictError(`The name "${name}" is taken`);
      }
      if (pullRequest === undefined) {
        await trx('due_queue').insert({
          deployment: name,
          next_due_at: now.getTime(),
        });
      }
    });
  }

  /**
   * Changes what is registered; a poll that runs meanwhile is void, and the next one is due at once.
   * With another origin, what was seen at the old one is forgotten. One that waits for its pull request waits
   * on, from now. `false` when nothing was different. Throws a `NotFoundError`; a `ConflictError` when the name
   * was registered from another repository, or when the access URL is taken.
   */
  async update(registration: Registration): Promise<boolean> {
    const now = this.#clock();
    const columns = registrationColumns(registration);
    const name = columns.name;
    return this.#refusingTakenOrigin(columns, async trx => {
      // The queue's row is locked first, as a tracker that completes a poll does
      await trx('due_queue').where({ deployment: name }).forUpdate().first();
      const before: FleetRow | undefined = await trx('deployments')
        .where({ name })
        .forUpdate()
        .first();
      if (!before) {
        throw new NotFoundError(`No deployment "${name}" is registered`);
      }
      requireSameRepository(
        name,
        toRepository(before.repository),
        registration.repository,
      );
      const pullRequest =
        registration.pullRequest ?? before.pull_request ?? undefined;
      if (
        !differs(before, columns) &&
        pullRequest === (before.pull_request ?? undefined)
      ) {
        return false;
      }
      const waits = before.requested_at !== null;
      const moved = before.origin !== columns.origin;
      await trx('deployments')
        .where({ name })
        .update({
          ...columns,
          ...((moved || before.last_seen === null) &&
            firstColumns(now, waits ? pullRequest : undefined)),
          ...(moved && NEVER_SEEN),
          pull_request: pullRequest ?? null,
          updated_at: now.getTime(),
        });
      if (moved) {
        await trx('facts').where({ deployment: name }).delete();
      }
      await trx('due_queue').where({ deployment: name }).update({
        next_due_at: now.getTime(),
        claimed_by: null,
        claimed_until: null,
      });
      return true;
    });
  }

  /**
   * Declares an upgrade, or ends one; the next poll is due at once. `false` when there is no such
   * deployment.
   */
  async setUpgrade(
    name: string,
    upgrade: UpgradeWindow | undefined,
  ): Promise<boolean> {
    return this.#client.transaction(async trx => {
      await trx('due_queue').where({ deployment: name }).update({
        next_due_at: this.#clock().getTime(),
        claimed_by: null,
        claimed_until: null,
      });
      const count = await trx('deployments')
        .where({ name })
        .update({ upgrade_window: upgrade ? JSON.stringify(upgrade) : null });
      return count > 0;
    });
  }

  /** Forgets a deployment with all that is known of it. `false` when there was none. */
  async remove(name: string): Promise<boolean> {
    return this.#client.transaction(async trx => {
      // The queue first: a tracker that completes a poll takes its locks in this order
      await trx('due_queue').where({ deployment: name }).delete();
      return (await trx('deployments').where({ name }).delete()) > 0;
    });
  }

  /** Whether a name is registered, whoever asks. */
  async has(name: string): Promise<boolean> {
    const row = await this.#client('deployments')
      .select('name')
      .where({ name })
      .first();
    return row !== undefined;
  }

  /** How many deployments a business unit has beside those of these names. */
  async countOthers(
    businessUnit: string,
    names: readonly string[],
  ): Promise<number> {
    const [{ count }]: Array<{ count: number | string }> = await this.#client(
      'deployments',
    )
      .where({ business_unit: businessUnit })
      .whereNotIn('name', names)
      .count({ count: '*' });
    return Number(count);
  }

  /** Whether a deployment is registered and in scope. */
  async isInScope(name: string, scope: Scope): Promise<boolean> {
    const query = this.#client('deployments').select('name').where({ name });
    applyScope(query, scope);
    return (await query.first()) !== undefined;
  }

  /** One deployment; `undefined` when it is not registered or not in scope. */
  async get(name: string, scope: Scope): Promise<DeploymentRecord | undefined> {
    const query = fromFleet(this.#client, this.#clock()).where({ name });
    applyScope(query, scope);
    const row: FleetRow | undefined = await query.first();
    return row && toRecord(row);
  }

  /** A page of the fleet. */
  async list(
    query: DeploymentQuery,
    scope: Scope,
  ): Promise<Page<DeploymentSummary>> {
    const page = await this.#page(query, scope, SUMMARY_COLUMNS);
    return { ...page, items: page.items.map(toSummary) };
  }

  /** A page of the fleet, with what was registered. */
  async listRecords(
    query: DeploymentQuery,
    scope: Scope,
  ): Promise<Page<DeploymentRecord>> {
    const page = await this.#page(query, scope, ['*']);
    return { ...page, items: page.items.map(toRecord) };
  }

  /** Counts by state, and the values that filters can take. */
  async summary(scope: Scope): Promise<FleetSummary> {
    const groups = ['state', 'region', 'business_unit', 'owner'] as const;
    const query = fromFleet(this.#client, this.#clock())
      .select(...groups)
      .count({ count: '*' })
      .groupBy(...groups);
    applyScope(query, scope);
    const rows: Array<
      Record<(typeof groups)[number], string> & { count: number | string }
    > = await query;
    const states: FleetSummary['states'] = {};
    const byRegion = new Map<string, FleetSummary['states']>();
    for (const row of rows) {
      const state = row.state as DeploymentState;
      const ofRegion = byRegion.get(row.region) ?? {};
      byRegion.set(row.region, ofRegion);
      for (const counts of [states, ofRegion]) {
        counts[state] = (counts[state] ?? 0) + Number(row.count);
      }
    }
    const distinct = (column: (typeof groups)[number]) =>
      [...new Set(rows.map(row => row[column]))].sort();
    return {
      total: rows.reduce((sum, row) => sum + Number(row.count), 0),
      states,
      statesByRegion: Object.fromEntries(byRegion),
      regions: distinct('region'),
      businessUnits: distinct('business_unit'),
      owners: distinct('owner'),
    };
  }

  /** What permission rules look at, in the order of the names. */
  async resources(
    names: readonly string[],
  ): Promise<Array<DeploymentResource | undefined>> {
    const rows: DeploymentRow[] = await this.#client('deployments')
      .select('name', 'owner', 'business_unit', 'region')
      .whereIn('name', names);
    const byName = new Map(
      rows.map(row => [
        row.name,
        {
          name: row.name,
          owner: row.owner,
          businessUnit: row.business_unit,
          region: row.region,
        },
      ]),
    );
    return names.map(name => byName.get(name));
  }

  async #page(
    query: DeploymentQuery,
    scope: Scope,
    columns: readonly string[],
  ): Promise<{ items: FleetRow[]; totalItems: number }> {
    const now = this.#clock();
    const matching = () => {
      const rows = fromFleet(this.#client, now);
      applyFilters(rows, query);
      applyScope(rows, scope);
      return rows;
    };
    // Which rows first, then what they hold: nothing wide is sorted, and nothing skipped is read
    const names = matching()
      .select('name')
      .limit(query.limit ?? DEFAULT_LIMIT)
      .offset(query.offset ?? 0);
    applySort(names, query.sort);
    const page = fromFleet(this.#client, now)
      .select(...columns)
      .whereIn('name', names);
    applySort(page, query.sort);
    const [items, [{ count }]]: [FleetRow[], [{ count: number | string }]] =
      await Promise.all([page, matching().count({ count: '*' })]);
    return { items, totalItems: Number(count) };
  }

  /** Names and access URLs are unique; the database decides, also between replicas. */
  async #refusingTakenOrigin<T>(
    columns: { origin: string },
    work: (trx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#client.transaction(work);
    } catch (error) {
      throw isDatabaseConflictError(error)
        ? new ConflictError(
            `${columns.origin} is the access URL of another deployment`,
          )
        : error;
    }
  }
}

/** Of a deployment that nobody has looked at: it starts now, or waits for its pull request from now on. */
function firstColumns(now: Date, pullRequest: string | undefined) {
  if (pullRequest === undefined) {
    return { ...firstVerdict(now), requested_at: null, merge_obstacle: null };
  }
  return {
    ...firstVerdict(now, { url: pullRequest, openSince: now.toISOString() }),
    requested_at: now.getTime(),
    pull_request: pullRequest,
    merge_obstacle: null,
  };
}
