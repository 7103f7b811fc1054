import { mockServices } from '@backstage/backend-test-utils';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import type { EventParams } from '@backstage/plugin-events-node';
import type { DeploymentRecord } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { recordOf } from '../__testUtils__/records';
import { toEntities } from '../entities';
import { CoderFleetEntityProvider } from './CoderFleetEntityProvider';
import type { DeploymentRegistry } from './DeploymentRegistry';
import type { KnownEntities, KnownEntity } from './KnownEntities';

/** A catalog that keeps what mutations leave, and the provider connected to it. */
async function setup(
  options: { registered?: DeploymentRecord[]; started?: Promise<void> } = {},
) {
  const registered = new Map(
    (options.registered ?? []).map(record => [record.name, record]),
  );
  const catalog = new Map<string, Entity>();
  const mutations: EntityProviderMutation[] = [];
  let now = Date.parse('2026-10-01T00:00:00Z');
  let tick: () => Promise<void> = async () => undefined;
  let publish: (event: EventParams) => Promise<void> = async () => undefined;

  const registry: jest.Mocked<DeploymentRegistry> = {
    listAll: jest.fn(async () => [...registered.values()]),
    find: jest.fn(async name => registered.get(name)),
  };
  const knownEntities = (): KnownEntity[] =>
    [...catalog.entries()].map(([entityRef, entity]) => ({
      entityRef,
      deployment: entity.metadata.annotations!['coder-fleet.io/deployment'],
    }));
  const known: KnownEntities = {
    all: async () => knownEntities(),
    of: async name =>
      knownEntities().filter(({ deployment }) => deployment === name),
  };
  const connection: EntityProviderConnection = {
    refresh: jest.fn(),
    applyMutation: jest.fn(async mutation => {
      mutations.push(mutation);
      const added =
        mutation.type === 'full' ? mutation.entities : mutation.added;
      if (mutation.type === 'full') {
        catalog.clear();
      } else {
        mutation.removed.forEach(removed =>
          catalog.delete('entityRef' in removed ? removed.entityRef : ''),
        );
      }
      added.forEach(({ entity }) =>
        catalog.set(stringifyEntityRef(entity), entity),
      );
    }),
  };
  const provider = new CoderFleetEntityProvider({
    registry,
    known,
    events: mockServices.events.mock({
      subscribe: async ({ onEvent }) => {
        publish = onEvent;
      },
    }),
    taskRunner: {
      run: async task => {
        tick = async () => task.fn(new AbortController().signal);
      },
    },
    started: options.started ?? Promise.resolve(),
    logger: mockServices.logger.mock(),
    entities: { domains: {} },
    maxRemovedShare: 0.1,
    clock: () => new Date(now),
  });
  await provider.connect(connection);
  return {
    provider,
    registry,
    registered,
    connection,
    mutations,
    refs: () => [...catalog.keys()].sort(),
    tick: () => tick(),
    event: (name: string, change: string) =>
      publish({
        topic: 'coder-fleet.deployments',
        eventPayload: { name, change },
      }),
    raw: (eventPayload: unknown) =>
      publish({ topic: 'coder-fleet.deployments', eventPayload }),
    wait: (minutes: number) => {
      now += minutes * 60_000;
    },
  };
}

const refsOf = (...records: DeploymentRecord[]) =>
  records
    .flatMap(record => toEntities(record, { domains: {} }))
    .map(entity => stringifyEntityRef(entity))
    .sort();

const aurora = recordOf('aurora');
const borealis = recordOf('borealis');
const cygnus = recordOf('cygnus', { edition: 'community' });

describe('CoderFleetEntityProvider, full synchronisation', () => {
  it('brings every deployment at start, under a constant name and location key', async () => {
    const fleet = await setup({ registered: [aurora, borealis, cygnus] });
    await fleet.tick();
    expect(fleet.provider.getProviderName()).toBe('coder-fleet');
    expect(fleet.refs()).toEqual(refsOf(aurora, borealis, cygnus));
    const [mutation] = fleet.mutations;
    expect(mutation.type).toBe('full');
    expect(
      mutation.type === 'full' &&
        mutation.entities.every(
          ({ locationKey }) => locationKey === 'coder-fleet',
        ),
    ).toBe(true);
  });

  it('asks nobody before all plugins have started', async () => {
    let start: () => void = () => undefined;
    const started = new Promise<void>(resolve => {
      start = resolve;
    });
    const fleet = await setup({ registered: [aurora], started });
    const run = fleet.tick();
    await new Promise(setImmediate);
    expect(fleet.registry.listAll).not.toHaveBeenCalled();
    start();
    await run;
    expect(fleet.refs()).toEqual(refsOf(aurora));
  });

  it('comes again after an hour, not before', async () => {
    const fleet = await setup({ registered: [aurora] });
    await fleet.tick();
    fleet.wait(59);
    await fleet.tick();
    expect(fleet.mutations).toHaveLength(1);
    fleet.wait(1);
    await fleet.tick();
    expect(fleet.mutations).toHaveLength(2);
  });

  it('throws and changes nothing when the registry cannot be read, and tries again with the next run', async () => {
    const fleet = await setup({ registered: [aurora] });
    fleet.registry.listAll.mockRejectedValueOnce(
      new ServiceUnavailableError('starting'),
    );
    await expect(fleet.tick()).rejects.toThrow('starting');
    expect(fleet.mutations).toEqual([]);
    await fleet.tick();
    expect(fleet.refs()).toEqual(refsOf(aurora));
  });

  it('tries again with the next run when the catalog did not take it', async () => {
    const fleet = await setup({ registered: [aurora] });
    jest
      .mocked(fleet.connection.applyMutation)
      .mockRejectedValueOnce(new Error('deadlock'));
    await expect(fleet.tick()).rejects.toThrow('deadlock');
    await fleet.tick();
    expect(fleet.refs()).toEqual(refsOf(aurora));
  });

  it('refuses to take away a large part of the fleet, and asks again only an hour later', async () => {
    const fleet = await setup({ registered: [aurora, borealis, cygnus] });
    await fleet.tick();
    fleet.registered.clear();
    fleet.wait(60);
    await expect(fleet.tick()).rejects.toThrow('nothing was changed');
    await fleet.tick();
    expect(fleet.refs()).toEqual(refsOf(aurora, borealis, cygnus));
    expect(fleet.mutations).toHaveLength(1);
    fleet.wait(60);
    await expect(fleet.tick()).rejects.toThrow('nothing was changed');
  });

  it('lets a single deployment go', async () => {
    const fleet = await setup({ registered: [aurora, borealis, cygnus] });
    await fleet.tick();
    fleet.registered.delete('borealis');
    fleet.wait(60);
    await fleet.tick();
    expect(fleet.refs()).toEqual(refsOf(aurora, cygnus));
  });
});

describe('CoderFleetEntityProvider, events', () => {
  it('brings a deployment that was registered', async () => {
    const fleet = await setup({ registered: [aurora] });
    await fleet.tick();
    fleet.registered.set('cygnus', cygnus);
    await fleet.event('cygnus', 'registered');
    expect(fleet.refs()).toEqual(refsOf(aurora, cygnus));
  });

  it('brings whole entities of one that changed, and takes away what it does not have any more', async () => {
    const fleet = await setup({ registered: [aurora, borealis] });
    await fleet.tick();
    const community = recordOf('aurora', {
      edition: 'community',
      displayName: 'Renamed',
    });
    fleet.registered.set('aurora', community);
    await fleet.event('aurora', 'updated');
    expect(fleet.refs()).toEqual(refsOf(community, borealis));
    const delta = fleet.mutations[1];
    expect(
      delta.type === 'delta' &&
        delta.added.map(({ entity }) => entity.metadata.title),
    ).toEqual(['Renamed', 'Renamed control plane']);
  });

  it('takes away one that was removed', async () => {
    const fleet = await setup({ registered: [aurora, borealis] });
    await fleet.tick();
    fleet.registered.delete('aurora');
    await fleet.event('aurora', 'removed');
    expect(fleet.refs()).toEqual(refsOf(borealis));
  });

  it('goes by the registry when events come out of order', async () => {
    const fleet = await setup({ registered: [aurora] });
    await fleet.tick();
    await fleet.event('aurora', 'removed');
    expect(fleet.refs()).toEqual(refsOf(aurora));
    await fleet.event('borealis', 'registered');
    expect(fleet.refs()).toEqual(refsOf(aurora));
  });

  it('makes a failed delta good with the next run', async () => {
    const fleet = await setup({ registered: [aurora] });
    await fleet.tick();
    fleet.registered.set('borealis', borealis);
    fleet.registry.find.mockRejectedValueOnce(new Error('no answer'));
    await fleet.event('borealis', 'registered');
    expect(fleet.refs()).toEqual(refsOf(aurora));
    await fleet.tick();
    expect(fleet.refs()).toEqual(refsOf(aurora, borealis));
  });

  it.each([undefined, null, 'aurora', {}, { name: 7 }, { name: '' }])(
    'ignores a payload that names no deployment: %j',
    async payload => {
      const fleet = await setup({ registered: [aurora] });
      await fleet.tick();
      await fleet.raw(payload);
      expect(fleet.mutations).toHaveLength(1);
    },
  );

  it('does not let an older snapshot undo a newer change', async () => {
    const fleet = await setup({ registered: [aurora] });
    let release: () => void = () => undefined;
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    fleet.registry.listAll.mockImplementationOnce(async () => {
      const snapshot = [...fleet.registered.values()];
      await held;
      return snapshot;
    });
    const full = fleet.tick();
    await Promise.resolve();
    fleet.registered.set('borealis', borealis);
    const delta = fleet.event('borealis', 'registered');
    release();
    await Promise.all([full, delta]);
    expect(fleet.refs()).toEqual(refsOf(aurora, borealis));
  });
});
