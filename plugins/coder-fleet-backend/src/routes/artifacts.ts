import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ArtifactReader } from '../artifacts/ArtifactReader';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { ApiRouter } from './apiRouter';
import type { DeploymentDetails } from './DeploymentDetails';
import type { RequestGuard } from './RequestGuard';

/**
 * `/deployments/{name}/artifacts`: tree, file, history. Who may read a deployment may read these.
 *
 * @internal
 */
export function addArtifactRoutes(
  router: ApiRouter,
  options: {
    guard: RequestGuard;
    access: DeploymentAccess;
    details: DeploymentDetails;
    artifacts: ArtifactReader;
  },
): void {
  const { guard, access, details, artifacts } = options;
  const placeOf = async (name: string, credentials: BackstageCredentials) =>
    details.record(name, await access.readScope(credentials));

  router.get('/deployments/:name/artifacts', async (req, res) => {
    const { name } = req.params;
    const tree = await guard.handle(
      req,
      { eventId: 'artifact-fetch', meta: { queryType: 'tree', name } },
      async credentials => artifacts.tree(await placeOf(name, credentials)),
    );
    res.json(tree);
  });

  router.get('/deployments/:name/artifacts/file', async (req, res) => {
    const { name } = req.params;
    const { path } = req.query;
    const file = await guard.handle(
      req,
      { eventId: 'artifact-fetch', meta: { queryType: 'file', name, path } },
      async credentials =>
        artifacts.file(await placeOf(name, credentials), path),
    );
    res.json(file);
  });

  router.get('/deployments/:name/artifacts/history', async (req, res) => {
    const { name } = req.params;
    const items = await guard.handle(
      req,
      { eventId: 'artifact-fetch', meta: { queryType: 'history', name } },
      async credentials => artifacts.history(await placeOf(name, credentials)),
    );
    res.json({ items });
  });
}
