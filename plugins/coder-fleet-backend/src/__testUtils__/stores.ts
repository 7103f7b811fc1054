import type {
  DeploymentState,
  FactKey,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ApprovalStore } from '../store/ApprovalStore';
import { AttestationStore } from '../store/AttestationStore';
import { BackupStore } from '../store/BackupStore';
import { DeploymentStore } from '../store/DeploymentStore';
import { EvaluationStore } from '../store/EvaluationStore';
import { MergeStore } from '../store/MergeStore';
import { migratedClient } from '../store/migrate';
import { PendingRequestStore } from '../store/PendingRequestStore';
import { ReportTokenStore } from '../store/ReportTokenStore';
import { TrackingStore } from '../store/TrackingStore';
import { WaiverStore } from '../store/WaiverStore';
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
    approvals: new ApprovalStore(options),
    backups: new BackupStore(options),
    reportTokens: new ReportTokenStore(options),
    attestations: new AttestationStore(options),
    deployments: new DeploymentStore(options),
    merges: new MergeStore(options),
    evaluations: new EvaluationStore(options),
    pendingRequests: new PendingRequestStore(options),
    waivers: new WaiverStore(options),
    tracking: new TrackingStore(options),
  };
}

/** Concludes a poll of a deployment with this state. */
export async function settle(
  tracking: TrackingStore,
  name: string,
  options: {
    state: DeploymentState;
    version?: string;
    at: Date;
    until?: Date;
    facts?: FactKey[];
  },
) {
  const claimed = await tracking.claim({
    replicaId: 'replica-1',
    name,
    leaseMs: 60_000,
  });
  if (!claimed) {
    throw new Error(`"${name}" cannot be claimed`);
  }
  const { state, version, at, until, facts = [] } = options;
  await tracking.complete([
    {
      name,
      claim: claimed.claim,
      facts: facts.map(key => ({
        name,
        key,
        fact: {
          value: {},
          observedAt: at,
          attemptedAt: at,
          collector: key,
          intervalMs: 60_000,
          status: 'ok',
        },
        changed: true,
      })),
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
