import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type {
  Clock,
  CvaGeneration,
  RequestPolicy,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import express from 'express';
import type { ArtifactReader } from '../artifacts/ArtifactReader';
import type { MergedReader } from '../artifacts/MergedReader';
import type { Judge } from '../cva/Judge';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { ApprovalStore } from '../store/ApprovalStore';
import type { AttestationStore } from '../store/AttestationStore';
import type { BackupStore } from '../store/BackupStore';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { PendingRequestStore } from '../store/PendingRequestStore';
import type { ReportTokenStore } from '../store/ReportTokenStore';
import type { WaiverStore } from '../store/WaiverStore';
import type { MergeWatcher } from '../tracker/MergeWatcher';
import type { Tracker } from '../tracker/Tracker';
import { createApiRouter } from './apiRouter';
import { ApprovalDesk } from './ApprovalDesk';
import { addArtifactRoutes } from './artifacts';
import { addBackupRoutes } from './backups';
import { addCvaRoutes } from './cva';
import { addDeploymentRoutes } from './deployment';
import { DeploymentDetails } from './DeploymentDetails';
import { addListRoutes } from './lists';
import { MergeGate } from './MergeGate';
import { addNameRoutes } from './names';
import { Registrar } from './registration';
import { reportGate } from './reportGate';
import { RequestGuard } from './RequestGuard';
import { addRequestRoutes } from './requests';
import { addUpgradeRoutes } from './upgrade';

/**
 * The HTTP API of the tracker.
 *
 * @internal
 */
export function createRouter(options: {
  access: DeploymentAccess;
  approvals: ApprovalStore;
  artifacts: ArtifactReader;
  auditor: AuditorService;
  clock: Clock;
  generation: CvaGeneration;
  deployments: DeploymentStore;
  events: EventsService;
  httpAuth: HttpAuthService;
  tracker: Pick<Tracker, 'refresh' | 'wake'>;
  mergedReader: MergedReader;
  mergeWatcher: MergeWatcher;
  attestations: AttestationStore;
  judge: Judge;
  waivers: WaiverStore;
  pendingRequests: PendingRequestStore;
  backups: BackupStore;
  reportTokens: ReportTokenStore;
  onReported: (name: string) => void;
  policies: readonly RequestPolicy[];
}): express.Router {
  const { tracker } = options;
  const router = createApiRouter();
  const approvalDesk = new ApprovalDesk(options);
  const shared = {
    ...options,
    approvalDesk,
    guard: new RequestGuard(options),
    details: new DeploymentDetails(options),
    onDue: () => tracker.wake(),
    registrar: new Registrar({
      ...options,
      approvalDesk,
      mergeGate: new MergeGate(options),
      onDue: () => tracker.wake(),
    }),
  };
  addListRoutes(router, shared);
  addDeploymentRoutes(router, shared);
  addUpgradeRoutes(router, shared);
  addBackupRoutes(router, shared);
  addCvaRoutes(router, shared);
  addArtifactRoutes(router, shared);
  addNameRoutes(router, shared);
  addRequestRoutes(router, shared);
  // Before the other: that one takes every error of its own middleware for a bad request
  return express
    .Router()
    .use(reportGate({ tokens: options.reportTokens }), router);
}
