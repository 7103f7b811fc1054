import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  PLUGIN_ID,
  coderFleetPermissions,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import {
  CoderClient,
  CredentialStore,
  DeploymentRepositories,
  GuardedHttpClient,
} from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { ArtifactReader } from './artifacts/ArtifactReader';
import { MergedReader } from './artifacts/MergedReader';
import {
  assertFormConfig,
  readCvaGeneration,
  readRequestPolicies,
  readTrackerConfig,
} from './config';
import { CycleJudge } from './cva/CycleJudge';
import { EvidenceReader } from './cva/EvidenceReader';
import { Judge } from './cva/Judge';
import { DeploymentAccess } from './permissions/DeploymentAccess';
import { deploymentResourceRef, deploymentRules } from './permissions/rules';
import { REPORT_PATHS } from './routes/reportGate';
import { createRouter } from './routes/router';
import { ApprovalStore } from './store/ApprovalStore';
import { AttestationStore } from './store/AttestationStore';
import { BackupStore } from './store/BackupStore';
import { DeploymentStore } from './store/DeploymentStore';
import { EvaluationStore } from './store/EvaluationStore';
import { MergeStore } from './store/MergeStore';
import { migratedClient } from './store/migrate';
import { PendingRequestStore } from './store/PendingRequestStore';
import { ReportTokenStore } from './store/ReportTokenStore';
import { TrackingStore } from './store/TrackingStore';
import { WaiverStore } from './store/WaiverStore';
import { DeploymentApi } from './tracker/DeploymentApi';
import { MergeWatcher } from './tracker/MergeWatcher';
import { Tracker } from './tracker/Tracker';

/** Between two looks for merged pull requests: hosts of repositories limit how often they are asked. */
const MIN_MERGES_MS = 60_000;

/**
 * The tracker of Coder Fleet: registry, collectors, API.
 *
 * @public
 */
export const coderFleetPlugin = createBackendPlugin({
  pluginId: PLUGIN_ID,
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { config, lifecycle, logger, permissionsRegistry } = deps;
        assertFormConfig(config);
        const clock = systemClock;
        const client = await migratedClient(deps.database);
        const deployments = new DeploymentStore({ client, clock });
        const tracking = new TrackingStore({ client, clock });
        const waivers = new WaiverStore({ client, clock });
        const attestations = new AttestationStore({ client, clock });
        const backups = new BackupStore({ client, clock });
        const pendingRequests = new PendingRequestStore({ client, clock });

        permissionsRegistry.addResourceType({
          resourceRef: deploymentResourceRef,
          permissions: coderFleetPermissions,
          rules: deploymentRules,
          getResources: names => deployments.resources(names),
        });

        const http = GuardedHttpClient.fromConfig(config);
        const credentials = CredentialStore.fromConfig(config, { logger });
        const artifacts = new ArtifactReader({
          repositories: DeploymentRepositories.fromConfig(config),
          clock,
        });
        const mergedReader = new MergedReader({ ...deps, artifacts });
        const judge = new Judge({
          evidence: new EvidenceReader({
            tracking,
            artifacts,
            attestations,
            backups,
          }),
          waivers,
          evaluations: new EvaluationStore({ client }),
          clock,
        });
        const cycleJudge = new CycleJudge({
          deployments,
          judge,
          clock,
          logger,
        });
        const trackerConfig = readTrackerConfig(config);
        const tracker = new Tracker({
          judge: cycleJudge,
          store: tracking,
          apiOf: origin =>
            new DeploymentApi({
              client: CoderClient.create({ origin, http, credentials }),
              http,
            }),
          clock,
          logger,
          replicaId: `${hostname()}-${randomUUID()}`,
          ...trackerConfig,
        });
        await deps.scheduler.scheduleTask({
          id: 'tracker',
          scope: 'local',
          frequency: { seconds: 5 },
          timeout: { hours: 12 },
          fn: signal => tracker.run(signal),
        });
        lifecycle.addShutdownHook(() => tracker.stop());
        const mergeWatcher = new MergeWatcher({
          ...deps,
          merges: new MergeStore({ client, clock }),
          reader: mergedReader,
          onDue: () => tracker.wake(),
        });
        await deps.scheduler.scheduleTask({
          id: 'merges',
          scope: 'global',
          frequency: {
            milliseconds: Math.max(trackerConfig.cycleMs, MIN_MERGES_MS),
          },
          timeout: { minutes: 10 },
          fn: signal => mergeWatcher.run(signal),
        });

        // Jobs in clusters have a report token; the routes ask for it themselves
        REPORT_PATHS.forEach(path =>
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' }),
        );
        deps.httpRouter.use(
          createRouter({
            ...deps,
            access: new DeploymentAccess({ ...deps, store: deployments }),
            approvals: new ApprovalStore({ client, clock }),
            artifacts,
            attestations,
            backups,
            clock,
            deployments,
            generation: readCvaGeneration(config),
            judge,
            mergedReader,
            mergeWatcher,
            onReported: name => void cycleJudge.judge(name),
            pendingRequests,
            policies: readRequestPolicies(config),
            reportTokens: new ReportTokenStore({ client, clock }),
            tracker,
            waivers,
          }),
        );
      },
    });
  },
});
