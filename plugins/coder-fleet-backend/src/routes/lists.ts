import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { ApiRouter } from './apiRouter';
import type { RequestGuard } from './RequestGuard';

/**
 * `GET /deployments`, `/records` and `/summary`.
 *
 * @internal
 */
export function addListRoutes(
  router: ApiRouter,
  options: {
    guard: RequestGuard;
    access: DeploymentAccess;
    deployments: DeploymentStore;
  },
): void {
  const { guard, access, deployments } = options;

  router.get('/deployments', async (req, res) => {
    const page = await guard.handle(
      req,
      { eventId: 'deployment-fetch', meta: { queryType: 'list' } },
      async credentials =>
        deployments.list(req.query, await access.listScope(credentials)),
    );
    res.json(page);
  });

  router.get('/records', async (req, res) => {
    const page = await guard.handle(
      req,
      { eventId: 'deployment-fetch', meta: { queryType: 'records' } },
      async credentials =>
        deployments.listRecords(req.query, await access.listScope(credentials)),
    );
    res.json(page);
  });

  router.get('/summary', async (req, res) => {
    const summary = await guard.handle(
      req,
      { eventId: 'deployment-fetch', meta: { queryType: 'summary' } },
      async credentials =>
        deployments.summary(await access.listScope(credentials)),
    );
    res.json(summary);
  });
}
