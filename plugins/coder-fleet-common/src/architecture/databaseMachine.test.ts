import { deployment } from '../__testUtils__/deployments';
import { databaseMachine } from './databaseMachine';
import { plan } from './plan';
import { DATABASE_FAMILIES } from './reference/databaseFamilies';

// Typed from the pages of CVA and clouds, not taken from the data
it.each([
  [1000, 'db.m6i.2xlarge', 'Standard_D8s_v5', 'db-perf-optimized-N-8'],
  [2000, 'db.m6i.4xlarge', 'Standard_D16s_v5', 'db-perf-optimized-N-16'],
  [3000, 'db.m6i.8xlarge', 'Standard_D32s_v5', 'db-perf-optimized-N-32'],
  [10_000, 'db.m6i.16xlarge', 'Standard_D64s_v5', 'db-perf-optimized-N-64'],
])('fits the figures of the plan for %i users', (expected, aws, azure, gcp) => {
  const { database } = plan(deployment({ users: { expected } }));
  const found = (['aws', 'azure', 'gcp'] as const).map(cloud =>
    databaseMachine(database, cloud),
  );
  expect(found.map(({ value }) => value.name)).toEqual([aws, azure, gcp]);
  for (const { value } of found) {
    expect(value.vcpu).toBeGreaterThanOrEqual(database.vcpu.value);
    expect(value.memoryGB).toBeGreaterThanOrEqual(database.memoryGB.value);
  }
});

it('says what the table of cloud instances names instead', () => {
  const { database } = plan(deployment({ users: { expected: 3000 } }));
  expect(databaseMachine(database, 'aws').alternatives).toMatchObject([
    {
      value: { name: 'db.m6i.2xlarge', vcpu: 8 },
      source: { section: 'Cloud instances' },
    },
  ]);
});

it('has nothing beside it where both agree', () => {
  const { database } = plan(deployment({ users: { expected: 3000 } }), {
    generation: 'legacy',
  });
  expect(databaseMachine(database, 'aws').value.name).toBe('db.m6i.2xlarge');
  expect(databaseMachine(database, 'aws').alternatives).toBeUndefined();
});

it('knows machines from the smallest to the largest', () => {
  for (const { machines } of Object.values(DATABASE_FAMILIES)) {
    const sizes = machines.map(({ vcpu }) => vcpu);
    expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
  }
});
