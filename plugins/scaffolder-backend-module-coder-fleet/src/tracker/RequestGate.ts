import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  approvalOf,
  blockingFindings,
  type CoderDeployment,
  type CoderFleetApi,
  type Finding,
  type RequestPolicy,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { trackerFailure } from './trackerFailure';
import { trackerToken } from './trackerToken';

/** Of the context of an action. */
type Context = {
  isDryRun?: boolean;
  logger: LoggerService;
  signal?: AbortSignal;
  getInitiatorCredentials(): Promise<BackstageCredentials>;
};

const APPROVAL_TOO =
  'An approval is requested, too: somebody else has to give it.';

/**
 * Lets a request pass, or stops it where rules fail and nobody accepted that, or where it has to be approved.
 *
 * @internal
 */
export class RequestGate {
  readonly #client: Pick<CoderFleetApi, 'checkRequest'>;
  readonly #auth: AuthService;
  readonly #policies: readonly RequestPolicy[];

  constructor(options: {
    client: Pick<CoderFleetApi, 'checkRequest'>;
    auth: AuthService;
    /** For dry runs only, which do not ask the tracker. */
    policies?: readonly RequestPolicy[];
  }) {
    this.#client = options.client;
    this.#auth = options.auth;
    this.#policies = options.policies ?? [];
  }

  /**
   * The tracker decides: it knows waivers, approvals, what people may do, and what their unit may ask for, with those
   * that are asked for `alongside`. A dry run only tells.
   */
  async pass(
    deployment: CoderDeployment,
    options: {
      findings: readonly Finding[];
      ctx: Context;
      /** Names of other deployments of the same business unit. */
      alongside?: readonly string[];
    },
  ): Promise<void> {
    const { alongside, findings, ctx } = options;
    const { businessUnit } = deployment.spec;
    const failing = blockingFindings(findings);
    const why = failing
      .map(({ rule, message }) => `${rule}: ${message}`)
      .join('; ');
    if (ctx.isDryRun) {
      if (why) {
        ctx.logger.warn(`Dry run: a waiver would be needed for ${why}`);
      }
      if (approvalOf(this.#policies, businessUnit) === 'portal') {
        ctx.logger.warn(
          `Dry run: somebody else would have to approve what ${businessUnit} asks for`,
        );
      }
      return;
    }
    const { name } = deployment.metadata;
    const token = await trackerToken(
      this.#auth,
      await ctx.getInitiatorCredentials(),
    );
    const { decision, approval } = await this.#client
      .checkRequest(deployment, { token, signal: ctx.signal, alongside })
      .catch(error => {
        throw trackerFailure(`Coder Fleet did not check ${name}`, error);
      });
    if (approval?.state === 'given') {
      const { approvedBy, comment } = approval;
      ctx.logger.info(
        `${approvedBy} approved exactly this${comment ? `: ${comment}` : ''}`,
      );
    }
    switch (decision) {
      case 'clear':
        if (why) {
          ctx.logger.info(`These deviations are accepted: ${why}`);
        }
        return;
      case 'may-grant':
        ctx.logger.warn(
          `You may accept deviations, so this goes on although rules fail: ${why}`,
        );
        return;
      case 'refused':
        throw new InputError(
          `Rules fail from which no deviation can be accepted. Change the request: ${why}`,
        );
      case 'approval-requested':
        throw new NotAllowedError(
          `Approval requested: somebody else has to approve what ${businessUnit} asks for. Those who may see the ` +
            `request on the page of the fleet. Once it is given, run this task again (Start over).`,
        );
      default:
        throw new NotAllowedError(
          `Waiver requested: rules fail, and somebody has to accept that. Those who may see the request on the ` +
            `page of the fleet.${approval?.state === 'requested' ? ` ${APPROVAL_TOO}` : ''} Once they have, run this ` +
            `task again (Start over). ${why}`,
        );
    }
  }
}
