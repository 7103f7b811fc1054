import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  type Clock,
  type CvaGeneration,
  parseDeployment,
  type RequestPolicy,
  waiverCreatePermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { PendingRequestStore } from '../store/PendingRequestStore';
import type { WaiverStore } from '../store/WaiverStore';
import { requireText, requireWithinYear } from './acceptance';
import type { ApiRouter } from './apiRouter';
import type { ApprovalDesk } from './ApprovalDesk';
import { callerOf } from './caller';
import { joinRequests } from './joinRequests';
import type { Registrar } from './registration';
import { RequestChecker } from './RequestChecker';
import type { RequestGuard } from './RequestGuard';

/**
 * `/requests`: what is asked for and not registered yet.
 *
 * @internal
 */
export function addRequestRoutes(
  router: ApiRouter,
  options: {
    guard: RequestGuard;
    access: DeploymentAccess;
    approvalDesk: ApprovalDesk;
    deployments: DeploymentStore;
    pendingRequests: PendingRequestStore;
    registrar: Pick<Registrar, 'requireMayRegister'>;
    waivers: WaiverStore;
    clock: Clock;
    generation: CvaGeneration;
    policies: readonly RequestPolicy[];
  },
): void {
  const { guard, access, approvalDesk, pendingRequests, registrar, clock } =
    options;
  const checker = new RequestChecker(options);
  const scopeOf = (credentials: BackstageCredentials) =>
    access.scope(waiverCreatePermission, credentials);
  const notWaiting = (name: string) =>
    new NotFoundError(`No request for "${name}" waits for you`);

  router.get('/requests', async (req, res) => {
    const items = await guard.handle(
      req,
      { eventId: 'request-fetch', meta: { queryType: 'list' } },
      async credentials =>
        joinRequests(
          await pendingRequests.list(await scopeOf(credentials)),
          await approvalDesk.list(credentials),
        ),
    );
    res.json({ items });
  });

  router.post('/requests/:name/check', async (req, res) => {
    const { name } = req.params;
    const check = await guard.handle(
      req,
      { eventId: 'request-check', meta: { name } },
      async credentials => {
        await registrar.requireMayRegister(name, credentials);
        const deployment = parseDeployment(req.body.deployment);
        if (deployment.metadata.name !== name) {
          throw new InputError(
            `metadata.name: "${deployment.metadata.name}" is not the name in the path, "${name}"`,
          );
        }
        return checker.check(deployment, credentials, req.body.alongside);
      },
    );
    res.json(check);
  });

  router.post('/requests/:name/grant', async (req, res) => {
    const { name } = req.params;
    const { reason, expiresAt } = req.body;
    await guard.handle(
      req,
      {
        eventId: 'request-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'grant', name },
      },
      async credentials => {
        const rules = await pendingRequests.grant(name, {
          scope: await scopeOf(credentials),
          reason: requireText(reason, 'The reason'),
          grantedBy: callerOf(credentials),
          expiresAt: requireWithinYear(expiresAt, 'The waiver', clock()),
        });
        if (!rules) {
          throw notWaiting(name);
        }
      },
    );
    res.status(204).end();
  });

  router.post('/requests/:name/approve', async (req, res) => {
    const { name } = req.params;
    const { digest, comment } = req.body;
    await guard.handle(
      req,
      {
        eventId: 'request-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'approve', name, digest },
      },
      async credentials => {
        const approval = {
          digest,
          ...(comment !== undefined && {
            comment: requireText(comment, 'The comment'),
          }),
        };
        if (!(await approvalDesk.approve(name, approval, credentials))) {
          throw notWaiting(name);
        }
      },
    );
    res.status(204).end();
  });

  router.delete('/requests/:name', async (req, res) => {
    const { name } = req.params;
    await guard.handle(
      req,
      {
        eventId: 'request-mutate',
        severityLevel: 'medium',
        meta: { actionType: 'dismiss', name },
      },
      async credentials => {
        // Each half is for those who could have decided it: one does not answer for the other
        const dismissed = [
          await pendingRequests.dismiss(name, await scopeOf(credentials)),
          await approvalDesk.dismiss(name, credentials),
        ];
        if (!dismissed.includes(true)) {
          throw notWaiting(name);
        }
      },
    );
    res.status(204).end();
  });
}
