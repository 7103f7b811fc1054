import { DATABASE_FAMILIES } from './databaseFamilies';

// Typed from the pages of the clouds, not taken from the data
it.each([
  [
    'aws',
    [
      'db.m6i.large 2 8',
      'db.m6i.xlarge 4 16',
      'db.m6i.2xlarge 8 32',
      'db.m6i.4xlarge 16 64',
      'db.m6i.8xlarge 32 128',
      'db.m6i.12xlarge 48 192',
      'db.m6i.16xlarge 64 256',
      'db.m6i.24xlarge 96 384',
    ],
  ],
  [
    'azure',
    [
      'Standard_D2s_v5 2 8',
      'Standard_D4s_v5 4 16',
      'Standard_D8s_v5 8 32',
      'Standard_D16s_v5 16 64',
      'Standard_D32s_v5 32 128',
      'Standard_D48s_v5 48 192',
      'Standard_D64s_v5 64 256',
      'Standard_D96s_v5 96 384',
    ],
  ],
  [
    'gcp',
    [
      'db-perf-optimized-N-2 2 16',
      'db-perf-optimized-N-4 4 32',
      'db-perf-optimized-N-8 8 64',
      'db-perf-optimized-N-16 16 128',
      'db-perf-optimized-N-32 32 256',
      'db-perf-optimized-N-48 48 384',
      'db-perf-optimized-N-64 64 512',
      'db-perf-optimized-N-80 80 640',
      'db-perf-optimized-N-96 96 768',
      'db-perf-optimized-N-128 128 864',
    ],
  ],
] as const)('names the machines of %s with vCPU and GB', (cloud, machines) => {
  expect(
    DATABASE_FAMILIES[cloud].machines.map(
      ({ name, vcpu, memoryGB }) => `${name} ${vcpu} ${memoryGB}`,
    ),
  ).toEqual(machines);
});
