import { CONNECTIONS } from './connections';

// Typed from the pages, not taken from the data
it('has what takes connections beside the pools', () => {
  expect(
    Object.entries(CONNECTIONS).map(([name, { value, source }]) => [
      name,
      value,
      `${source.title}, ${source.section}`,
    ]),
  ).toEqual([
    [
      'serverDefault',
      100,
      'PostgreSQL, connections and authentication, max_connections',
    ],
    [
      'forSuperusers',
      3,
      'PostgreSQL, connections and authentication, superuser_reserved_connections',
    ],
    ['listenersPerReplica', 1, 'Coder, source of the server, PGPubsub'],
    ['surgeReplicas', 1, 'Sizing rule of Coder Fleet, Updates'],
    ['forJobs', 3, 'Sizing rule of Coder Fleet, Backups'],
  ]);
});
