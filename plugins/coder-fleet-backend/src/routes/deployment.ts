import type { EventsService } from '@backstage/plugin-events-node';
import type { CvaGeneration } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import {
  deploymentDeletePermission,
  deploymentRefreshPermission,
  deploymentUpdatePermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { publishChange } from '../events';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { MergeWatcher } from '../tracker/MergeWatcher';
import type { Tracker } from '../tracker/Tracker';
import type { ApiRouter } from './apiRouter';
import type { DeploymentDetails } from './DeploymentDetails';
import { parseRegistration } from './registration';
import type { Registrar } from './registration';
import type { RequestGuard } from './RequestGuard';

/**
 * `/deployments/{name}`: read, register, unregister, refresh, start what was merged.
 *
 * @internal
 */
export function addDeploymentRoutes(
  router: ApiRouter,
  options: {
    guard: RequestGuard;
    access: DeploymentAccess;
    deployments: DeploymentStore;
    details: DeploymentDetails;
    registrar: Registrar;
    tracker: Pick<Tracker, 'refresh'>;
    mergeWatcher: Pick<MergeWatcher, 'check' | 'confirm'>;
    events: EventsService;
    generation: CvaGeneration;
  },
): void {
  const { guard, access, deployments, details, registrar, tracker, events } =
    options;
  const { generation, mergeWatcher } = options;

  router.get('/deployments/:name', async (req, res) => {
    const { name } = req.params;
    const detail = await guard.handle(
      req,
      { eventId: 'deployment-fetch', meta: { queryType: 'by-name', name } },
      async credentials =>
        details.detail(name, await access.readScope(credentials)),
    );
    res.json(detail);
  });

  router.put('/deployments/:name', async (req, res) => {
    const { name } = req.params;
    const answer = await guard.handle(
      req,
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'register', name },
      },
      async credentials =>
        registrar.register(
          parseRegistration(name, req.body, { generation }),
          credentials,
        ),
    );
    res.status(answer.created ? 201 : 200).json(answer);
  });

  router.delete('/deployments/:name', async (req, res) => {
    const { name } = req.params;
    await guard.handle(
      req,
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'unregister', name },
      },
      async credentials => {
        await access.require(deploymentDeletePermission, name, credentials);
        if (await deployments.remove(name)) {
          await publishChange(events, { name, change: 'removed' });
        }
      },
    );
    res.status(204).end();
  });

  router.post('/deployments/:name/refresh', async (req, res) => {
    const { name } = req.params;
    const detail = await guard.handle(
      req,
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'refresh', name },
      },
      async credentials => {
        await access.require(deploymentRefreshPermission, name, credentials);
        // What is not merged is not there yet: there is nothing else to look at
        if (!(await mergeWatcher.check(name))) {
          await tracker.refresh(name);
        }
        return details.detail(name, await access.readScope(credentials));
      },
    );
    res.json(detail);
  });

  router.post('/deployments/:name/merged', async (req, res) => {
    const { name } = req.params;
    await guard.handle(
      req,
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'confirm-merge', name },
      },
      async credentials => {
        await access.require(deploymentUpdatePermission, name, credentials);
        await mergeWatcher.confirm(name);
      },
    );
    res.status(204).end();
  });
}
