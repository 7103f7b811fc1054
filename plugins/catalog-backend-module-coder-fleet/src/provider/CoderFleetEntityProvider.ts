import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';
import {
  type Clock,
  type DeploymentRecord,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { type EntityOptions, toEntities } from '../entities';
import { fixedEntityRefs } from '../entities/names';
import { readDeploymentEvent } from './deploymentEvent';
import type { DeploymentRegistry } from './DeploymentRegistry';
import type { KnownEntities } from './KnownEntities';
import { refuseMassRemoval } from './removalGuard';

/**
 * Name and location key of the provider. Both are persistent state of the catalog: another name
 * would orphan every entity.
 */
const PROVIDER_NAME = 'coder-fleet';

/** Topic on which the tracker says that a deployment was registered, changed or removed. */
const TOPIC = 'coder-fleet.deployments';

/** From one full synchronisation to the next: one hour. */
const FULL_INTERVAL_MS = 60 * 60 * 1000;

/**
 * What the provider works with.
 *
 * @internal
 */
export type CoderFleetEntityProviderOptions = {
  registry: DeploymentRegistry;
  known: KnownEntities;
  events: EventsService;
  /** Runs often; each run only works when a synchronisation is due. */
  taskRunner: SchedulerServiceTaskRunner;
  /** Settles once all plugins answer, the tracker and the catalog itself among them. */
  started: Promise<void>;
  logger: LoggerService;
  entities: EntityOptions;
  /** Share of the known entities that one synchronisation may remove, 0 to 1. */
  maxRemovedShare: number;
  clock?: Clock;
};

/**
 * Owns the catalog entities of all registered deployments: everything at start and every hour, one
 * deployment when it changes. Built from the registry, never from what is reachable.
 *
 * @internal
 */
export class CoderFleetEntityProvider implements EntityProvider {
  readonly #options: CoderFleetEntityProviderOptions;
  readonly #clock: Clock;
  #connection?: EntityProviderConnection;
  #nextFullAt = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: CoderFleetEntityProviderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  getProviderName(): string {
    return PROVIDER_NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.events.subscribe({
      id: PROVIDER_NAME,
      topics: [TOPIC],
      onEvent: event => this.#onEvent(event),
    });
    await this.#options.taskRunner.run({
      id: 'coder-fleet-entities',
      fn: async signal => {
        await this.#options.started;
        await this.synchroniseIfDue(signal);
      },
    });
  }

  /**
   * Brings everything, when that was last done an hour ago or failed. Throws when the registry could
   * not be read (the next run tries again) and when too much would go (an hour later).
   */
  async synchroniseIfDue(signal?: AbortSignal): Promise<void> {
    await this.#inTurn(async () => {
      const now = this.#clock().getTime();
      if (now < this.#nextFullAt) {
        return;
      }
      const records = await this.#options.registry.listAll(signal);
      const entities = records.flatMap(record => this.#entitiesOf(record));
      await this.#refuseMassRemoval(entities, now + FULL_INTERVAL_MS);
      await this.#connected().applyMutation({
        type: 'full',
        entities: entities.map(deferred),
      });
      this.#nextFullAt = now + FULL_INTERVAL_MS;
      this.#options.logger.info(
        `Synchronised ${records.length} deployments as ${entities.length} entities`,
      );
    });
  }

  /** What is refused now would be refused in a few seconds too: it waits like a success does. */
  async #refuseMassRemoval(entities: Entity[], nextAt: number): Promise<void> {
    const known = await this.#options.known.all();
    try {
      refuseMassRemoval({
        known,
        next: refsOf(entities),
        maxRemovedShare: this.#options.maxRemovedShare,
      });
    } catch (error) {
      this.#nextFullAt = nextAt;
      throw error;
    }
  }

  async #onEvent({ eventPayload }: EventParams): Promise<void> {
    const event = readDeploymentEvent(eventPayload);
    if (!event) {
      this.#options.logger.warn(`Ignored an event on ${TOPIC} without a name`);
      return;
    }
    try {
      await this.#inTurn(() => this.#bring(event.name, event.removed));
    } catch (error) {
      this.#nextFullAt = 0;
      this.#options.logger.warn(
        `Deployment ${event.name} is brought with the next synchronisation: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  /**
   * Whole entities are added, those that the deployment does not have any more removed. What the
   * registry says now counts, not what the event said: events may come late or out of order.
   */
  async #bring(name: string, removed: boolean): Promise<void> {
    const record = await this.#options.registry.find(name);
    if (!record && !removed) {
      return;
    }
    const entities = record ? this.#entitiesOf(record) : [];
    const kept = refsOf(entities);
    const known = await this.#options.known.of(name);
    const gone = new Set(
      [
        ...fixedEntityRefs(name),
        ...known.map(({ entityRef }) => entityRef),
      ].filter(ref => !kept.has(ref)),
    );
    await this.#connected().applyMutation({
      type: 'delta',
      added: entities.map(deferred),
      removed: [...gone].map(entityRef => ({
        entityRef,
        locationKey: PROVIDER_NAME,
      })),
    });
  }

  #entitiesOf(record: DeploymentRecord): Entity[] {
    return toEntities(record, this.#options.entities);
  }

  #connected(): EntityProviderConnection {
    if (!this.#connection) {
      throw new Error(`${PROVIDER_NAME} is not connected to the catalog yet`);
    }
    return this.#connection;
  }

  /** One after the other: a snapshot must not undo a change that came after it was read. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function refsOf(entities: readonly Entity[]): Set<string> {
  return new Set(entities.map(entity => stringifyEntityRef(entity)));
}

function deferred(entity: Entity): DeferredEntity {
  return { entity, locationKey: PROVIDER_NAME };
}
