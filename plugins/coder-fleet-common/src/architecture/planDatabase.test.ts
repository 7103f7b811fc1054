import { deployment } from '../__testUtils__/deployments';
import { plan } from './plan';

// Figures are typed from Coder's pages, not taken from the data.

const database = (
  users: number,
  options: Parameters<typeof plan>[1] = {},
  activeShare = 0.6,
) =>
  plan(deployment({ users: { expected: users, activeShare } }), options)
    .database;

describe('the database of a plan', () => {
  it.each([
    // users, vCPU, GB, size, standby, max_connections
    [1000, 8, 30, 'small', false, 100],
    [2000, 16, 60, 'medium', false, 100],
    [3000, 32, 120, 'large', true, 100],
    [10_000, 64, 240, 'large', true, 152],
  ])(
    'for %i users is as the newer pages say',
    (users, vcpu, memory, size, standby, connections) => {
      const figures = database(users);
      expect(figures.vcpu.value).toBe(vcpu);
      expect(figures.memoryGB.value).toBe(memory);
      expect(figures.storageGB.value).toBe(512);
      expect(figures.sizeClass.value).toBe(size);
      expect(figures.highlyAvailable.value).toBe(standby);
      expect(figures.connectionsPerReplica.value).toBe(10);
      expect(figures.maxConnections.value).toBe(connections);
    },
  );

  it.each([
    [1000, 2, 8, 512, false, 100],
    [2000, 4, 16, 1024, false, 100],
    [3000, 8, 32, 1536, true, 100],
  ])(
    'for %i users is as the older pages say, when they are taken',
    (users, vcpu, memory, storage, standby, connections) => {
      const figures = database(users, { generation: 'legacy' });
      expect(figures.vcpu.value).toBe(vcpu);
      expect(figures.memoryGB.value).toBe(memory);
      expect(figures.storageGB.value).toBe(storage);
      expect(figures.highlyAvailable.value).toBe(standby);
      expect(figures.maxConnections.value).toBe(connections);
    },
  );

  const said = (figure: {
    alternatives?: ReadonlyArray<{
      value: unknown;
      source: { title: string; section?: string };
    }>;
  }) =>
    figure.alternatives?.map(
      ({ value, source: { title, section } }) =>
        `${value}: ${title}, ${section}`,
    );

  it('names what the other texts say instead of blending them', () => {
    const figures = database(3000);
    expect(said(figures.vcpu)).toEqual([
      '4: CVA, PostgreSQL database, Performance efficiency',
      '8: CVA, PostgreSQL database, Cloud instances',
      '8: CVA, older reference architecture for 3k users, Database nodes',
    ]);
    expect(said(figures.memoryGB)).toEqual([
      '8: CVA, PostgreSQL database, Performance efficiency',
      '32: CVA, older reference architecture for 3k users, Database nodes',
    ]);
    expect(said(figures.storageGB)).toEqual([
      '1536: CVA, older reference architecture for 3k users, Database nodes',
    ]);
    expect(said(figures.highlyAvailable)).toEqual([
      'false: CVA, reference architecture for 3k users, Database',
    ]);
  });

  it('has the standby that the request asks for', () => {
    const { highlyAvailable } = plan(
      deployment({
        users: { expected: 1000, activeShare: 0.6 },
        database: { type: 'external', version: 17, highlyAvailable: true },
      }),
    ).database;
    expect(highlyAvailable.value).toBe(true);
    expect(highlyAvailable.source.title).toBe('The request');
    expect(said(highlyAvailable)).toEqual([
      'false: CVA, PostgreSQL database, Performance efficiency',
    ]);
  });

  it.each([
    // 2 vCPU, and 2 more for each 1,000 active users
    [1000, 0.6, 2],
    [1000, 1, 4],
    [10_000, 0.1999, 4],
    [10_000, 0.2, 6],
    [10_000, 0.6, 14],
  ])(
    'says what the rule of active users gives for %i users, %d active',
    (users, share, vcpu) => {
      const { alternatives } = database(users, {}, share).vcpu;
      expect(alternatives?.[0].value).toBe(vcpu);
      expect(alternatives?.[0].source.title).toBe('CVA, PostgreSQL database');
    },
  );

  it('takes the rule of active users where the older table says less', () => {
    // All are active, but few build at the same time.
    const { database: figures } = plan(
      deployment({
        users: { expected: 1000, activeShare: 1 },
        workspaces: { concurrentBuilds: 60 },
      }),
      { generation: 'legacy' },
    );
    expect(figures.vcpu.value).toBe(4);
    expect(figures.vcpu.source.title).toBe('CVA, PostgreSQL database');
    expect(said(figures.vcpu)).toContain(
      '2: CVA, older reference architecture for 1k users, Database nodes',
    );
  });

  it('counts the connections of one replica in the community edition', () => {
    const { database: figures } = plan(deployment({ edition: 'community' }));
    expect(figures.maxConnections.note).toMatch(
      /; 33 are needed: a replica and 1 more/,
    );
    expect(said(figures.maxConnections)).toEqual([
      '12: Coder docs, scale Coder, Connections to PostgreSQL',
    ]);
  });

  it("says whose figure the connections are, and what Coder's docs say", () => {
    const few = database(1000).maxConnections;
    expect(few.source.title).toBe('PostgreSQL, connections and authentication');
    expect(few.note).toMatch(
      /^the default, not to go below it; 59 are needed: 3 replicas and 1 more/,
    );
    expect(said(few)).toEqual([
      '36: Coder docs, scale Coder, Connections to PostgreSQL',
    ]);
    const many = database(10_000).maxConnections;
    expect(many.source.title).toBe('Sizing rule of Coder Fleet');
    expect(many.note).toMatch(/^10 replicas and 1 more/);
    expect(said(many)).toEqual([
      '120: Coder docs, scale Coder, Connections to PostgreSQL',
    ]);
  });
});
