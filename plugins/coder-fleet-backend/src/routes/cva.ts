import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  RULES,
  waiverCreatePermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  Clock,
  StatementId,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { AttestationStore } from '../store/AttestationStore';
import type { WaiverStore } from '../store/WaiverStore';
import type { ApiRouter } from './apiRouter';
import { requireText, requireWithinYear } from './acceptance';
import { callerOf } from './caller';
import type { DeploymentDetails } from './DeploymentDetails';
import type { RequestGuard } from './RequestGuard';

/**
 * `/deployments/{name}/cva`, `…/waivers` and `…/attestations`.
 *
 * @internal
 */
export function addCvaRoutes(
  router: ApiRouter,
  options: {
    guard: RequestGuard;
    access: DeploymentAccess;
    details: DeploymentDetails;
    waivers: WaiverStore;
    attestations: AttestationStore;
    clock: Clock;
  },
): void {
  const { guard, access, details, waivers, attestations, clock } = options;

  /** What every change of a person's word has around it. */
  const decide = <T>(
    req: { params: { name: string } },
    actionType: string,
    meta: Record<string, string>,
    work: (credentials: BackstageCredentials) => Promise<T>,
  ) =>
    guard.handle(
      req,
      {
        eventId: 'deployment-mutate',
        severityLevel: 'medium',
        meta: { actionType, name: req.params.name, ...meta },
      },
      async credentials => {
        await access.require(
          waiverCreatePermission,
          req.params.name,
          credentials,
        );
        return work(credentials);
      },
    );

  router.get('/deployments/:name/cva', async (req, res) => {
    const { name } = req.params;
    const report = await guard.handle(
      req,
      { eventId: 'deployment-fetch', meta: { queryType: 'cva', name } },
      async credentials =>
        details.cva(name, await access.readScope(credentials)),
    );
    res.json(report);
  });

  router.post('/deployments/:name/waivers', async (req, res) => {
    const { rule, reason, expiresAt } = req.body;
    const waiver = await decide(
      req,
      'grant-waiver',
      { rule },
      async credentials => {
        requireWaivable(rule);
        return waivers.grant({
          deployment: req.params.name,
          rule,
          reason: requireText(reason, 'The reason'),
          grantedBy: callerOf(credentials),
          expiresAt: requireWithinYear(expiresAt, 'The waiver', clock()),
        });
      },
    );
    res.status(201).json(waiver);
  });

  router.delete('/deployments/:name/waivers/:id', async (req, res) => {
    const { name, id } = req.params;
    await decide(req, 'revoke-waiver', { id }, async () => {
      if (!(await waivers.revoke(name, id))) {
        throw new NotFoundError(`"${name}" has no waiver ${id}`);
      }
    });
    res.status(204).end();
  });

  router.put('/deployments/:name/attestations/:statement', async (req, res) => {
    const { name } = req.params;
    const statement = req.params.statement as StatementId;
    const { holds, note, reviewBy } = req.body;
    await decide(req, 'attest', { statement }, async credentials =>
      attestations.give({
        deployment: name,
        statement,
        holds,
        ...(note?.trim() && { note: requireText(note, 'The note') }),
        attestedBy: callerOf(credentials),
        reviewBy: requireWithinYear(reviewBy, 'The review', clock()),
      }),
    );
    res.status(204).end();
  });

  router.delete(
    '/deployments/:name/attestations/:statement',
    async (req, res) => {
      const { name } = req.params;
      const statement = req.params.statement as StatementId;
      await decide(req, 'withdraw-attestation', { statement }, async () => {
        if (!(await attestations.withdraw(name, statement))) {
          throw new NotFoundError(`Nothing was said of ${statement}`);
        }
      });
      res.status(204).end();
    },
  );
}

function requireWaivable(id: string): void {
  const rule = RULES.find(candidate => candidate.id === id);
  if (!rule) {
    throw new InputError(`There is no rule ${id}`);
  }
  if (rule.unwaivable) {
    throw new InputError(
      `${id} cannot be waived: ${rule.title}. ${rule.remediation}`,
    );
  }
}
