import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type {
  Clock,
  CvaGeneration,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { ArtifactReader } from '../artifacts/ArtifactReader';
import type { Judge } from '../cva/Judge';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { AttestationStore } from '../store/AttestationStore';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { PendingRequestStore } from '../store/PendingRequestStore';
import type { WaiverStore } from '../store/WaiverStore';
import type { Tracker } from '../tracker/Tracker';
import { createApiRouter } from './apiRouter';
import type { ApiRouter } from './apiRouter';
import { addArtifactRoutes } from './artifacts';
import { addCvaRoutes } from './cva';
import { addDeploymentRoutes } from './deployment';
import { DeploymentDetails } from './DeploymentDetails';
import { addListRoutes } from './lists';
import { addNameRoutes } from './names';
import { Registrar } from './registration';
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
  artifacts: ArtifactReader;
  auditor: AuditorService;
  clock: Clock;
  generation: CvaGeneration;
  deployments: DeploymentStore;
  events: EventsService;
  httpAuth: HttpAuthService;
  tracker: Pick<Tracker, 'refresh' | 'wake'>;
  attestations: AttestationStore;
  judge: Judge;
  waivers: WaiverStore;
  pendingRequests: PendingRequestStore;
}): ApiRouter {
  const { tracker } = options;
  const router = createApiRouter();
  const shared = {
    ...options,
    guard: new RequestGuard(options),
    details: new DeploymentDetails(options),
    onDue: () => tracker.wake(),
    registrar: new Registrar({ ...options, onDue: () => tracker.wake() }),
  };
  addListRoutes(router, shared);
  addDeploymentRoutes(router, shared);
  addUpgradeRoutes(router, shared);
  addCvaRoutes(router, shared);
  addArtifactRoutes(router, shared);
  addNameRoutes(router, shared);
  addRequestRoutes(router, shared);
  return router;
}
