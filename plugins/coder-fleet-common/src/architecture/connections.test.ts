import { connectionsInWords, connectionsNeeded } from './connections';

it.each([
  // 4 × 11 = 44, 52.8 with the reserve, and 6
  [3, 10, 59],
  // 11 × 11 = 121, 145.2, and 6
  [10, 10, 152],
  // 2 × 11 = 22, 26.4, and 6
  [1, 10, 33],
  // 4 × 61 = 244, 292.8, and 6
  [3, 60, 299],
])('%i replicas with pools of %i need %i', (replicas, perReplica, needed) => {
  expect(connectionsNeeded({ replicas, perReplica })).toBe(needed);
});

it('says how it comes to its sum', () => {
  expect(connectionsInWords({ replicas: 3, perReplica: 10 })).toBe(
    '3 replicas and 1 more in an update, each with 10 and 1 that listens, 20 % more, 3 for superusers and 3 for a backup',
  );
});
