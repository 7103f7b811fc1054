import { InputError } from '@backstage/errors';
import {
  deploymentUpdatePermission,
  parseCoderVersion,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { ApiRouter } from './apiRouter';
import { callerOf } from './caller';
import type { RequestGuard } from './RequestGuard';

/**
 * `/deployments/{name}/upgrade-window`: declare an upgrade, and end it.
 *
 * @internal
 */
export function addUpgradeRoutes(
  router: ApiRouter,
  options: {
    guard: RequestGuard;
    access: DeploymentAccess;
    deployments: DeploymentStore;
    clock: Clock;
    onDue: () => void;
  },
): void {
  const { guard, access, deployments, clock, onDue } = options;

  router.put('/deployments/:name/upgrade-window', async (req, res) => {
    const { name } = req.params;
    const { until, targetVersion, reason } = req.body;
    await guard.handle(
      req,
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'declare-upgrade', name, until },
      },
      async credentials => {
        await access.require(deploymentUpdatePermission, name, credentials);
        const now = clock();
        if (!(new Date(until) > now)) {
          throw new InputError('The upgrade must end in the future');
        }
        if (targetVersion !== undefined && !parseCoderVersion(targetVersion)) {
          throw new InputError(
            `"${targetVersion}" is not a version, such as 2.37.1`,
          );
        }
        await deployments.setUpgrade(name, {
          until: new Date(until).toISOString(),
          ...(targetVersion && { targetVersion }),
          ...(reason?.trim() && { reason: reason.trim() }),
          declaredBy: callerOf(credentials),
          declaredAt: now.toISOString(),
        });
        onDue();
      },
    );
    res.status(204).end();
  });

  router.delete('/deployments/:name/upgrade-window', async (req, res) => {
    const { name } = req.params;
    await guard.handle(
      req,
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'end-upgrade', name },
      },
      async credentials => {
        await access.require(deploymentUpdatePermission, name, credentials);
        await deployments.setUpgrade(name, undefined);
        onDue();
      },
    );
    res.status(204).end();
  });
}
