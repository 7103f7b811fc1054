import type { DeploymentState } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { DeploymentStore } from '../store/DeploymentStore';
import { migratedClient } from '../store/migrate';
import { TrackingStore } from '../store/TrackingStore';
import { TestClock } from './TestClock';

/** Both stores on a fresh database, at a time that stands still. */
export async function createStores(
  databases: TestDatabases,
  id: TestDatabaseId,
) {
  const knex = await databases.init(id);
  const client = await migratedClient({ getClient: async () => knex });
  const time = new TestClock();
  const options = { client, clock: time.clock };
  return {
    client,
    time,
    deployments: new DeploymentStore(options),
    tracking: new TrackingStore(options),
  };
}

const REPLICA = 'replica-1';

/** Concludes a poll of a deployment with this state. */
export async function settle(
  tracking: TrackingStore,
  name: string,
  options: {
    state: DeploymentState;
    version?: string;
    at: Date;
    until?: Date;
  },
) {
  await tracking.claim({ replicaId: REPLICA, name, leaseMs: 60_000 });
  const { state, version, at, until } = options;
  await tracking.complete(REPLICA, [
    {
      name,
      facts: [],
      verdict: {
        current: { state, reason: `It is ${state}` },
        ...(until && {
          until,
          next: { state: 'unknown', reason: 'Nobody looked' },
        }),
      },
      observedVersion: version,
      lastSeen: at,
      nextDueAt: new Date(at.getTime() + 60_000),
    },
  ]);
}
