import { InputError } from '@backstage/errors';
import { fieldProblem } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { ApiRouter } from './apiRouter';
import type { RequestGuard } from './RequestGuard';

/**
 * `GET /names/{name}`: free or taken, and nothing of who has it.
 *
 * @internal
 */
export function addNameRoutes(
  router: ApiRouter,
  options: {
    guard: RequestGuard;
    access: DeploymentAccess;
    deployments: Pick<DeploymentStore, 'has'>;
  },
): void {
  const { guard, access, deployments } = options;

  router.get('/names/:name', async (req, res) => {
    const { name } = req.params;
    const available = await guard.handle(
      req,
      { eventId: 'name-check', meta: { name } },
      async credentials => {
        await access.requireCreate(credentials);
        const problem = fieldProblem('name', name);
        if (problem) {
          throw new InputError(problem);
        }
        return !(await deployments.has(name));
      },
    );
    res.json({ name, available });
  });
}
