import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  blockingFindings,
  type CoderDeployment,
  type CoderFleetApi,
  type Finding,
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

/**
 * Lets a request pass, or stops it where rules fail and nobody accepted that.
 *
 * @internal
 */
export class RequestGate {
  readonly #client: Pick<CoderFleetApi, 'checkRequest'>;
  readonly #auth: AuthService;

  constructor(options: {
    client: Pick<CoderFleetApi, 'checkRequest'>;
    auth: AuthService;
  }) {
    this.#client = options.client;
    this.#auth = options.auth;
  }

  /**
   * The tracker decides: it knows waivers, what people may do, and what their unit may ask for, with those that
   * are asked for `alongside`. A dry run only tells.
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
    const failing = blockingFindings(findings);
    const why = failing
      .map(({ rule, message }) => `${rule}: ${message}`)
      .join('; ');
    if (ctx.isDryRun) {
      if (why) {
        ctx.logger.warn(`Dry run: a waiver would be needed for ${why}`);
      }
      return;
    }
    const { name } = deployment.metadata;
    const token = await trackerToken(
      this.#auth,
      await ctx.getInitiatorCredentials(),
    );
    const { decision } = await this.#client
      .checkRequest(deployment, { token, signal: ctx.signal, alongside })
      .catch(error => {
        throw trackerFailure(`Coder Fleet did not check ${name}`, error);
      });
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
      default:
        throw new NotAllowedError(
          `Waiver requested: rules fail, and somebody has to accept that. Those who may see the request on the ` +
            `page of the fleet. Once they have, run this task again (Start over). ${why}`,
        );
    }
  }
}
