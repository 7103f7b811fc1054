import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type Clock,
  type CoderFleetApi,
  type DeploymentDetail,
  findingLines,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import { trackerFailure } from '../tracker/trackerFailure';
import { trackerToken } from '../tracker/trackerToken';
import { examples } from './wait.examples';

/** How often the tracker is asked: half of its fastest cycle. */
const POLL_MS = 5_000;

const DEFAULT_TIMEOUT_MINUTES = 30;

const schema = {
  input: {
    name: () => z.string({ description: 'Name of a registered deployment' }),
    timeoutMinutes: () =>
      z
        .number({
          description: `How long to wait, in minutes; ${DEFAULT_TIMEOUT_MINUTES} by default`,
        })
        .positive()
        .max(24 * 60)
        .optional(),
  },
  output: {
    state: () => z.string({ description: 'State at the end: healthy' }),
    version: () =>
      z.string({ description: 'Version of Coder that answers' }).optional(),
  },
};

/**
 * Action `coder-fleet:wait`: waits until the tracker sees a deployment healthy, and logs every change of
 * its state meanwhile. It only looks: run again after an interruption it waits on. Throws when the time is
 * over, with the last reason and findings.
 *
 * @internal
 */
export function createWaitAction(options: {
  client: Pick<CoderFleetApi, 'getDeployment'>;
  auth: AuthService;
  clock?: Clock;
  pollMs?: number;
}) {
  const { client, auth, clock = systemClock, pollMs = POLL_MS } = options;
  return createTemplateAction({
    id: 'coder-fleet:wait',
    description: 'Waits until Coder Fleet sees a deployment healthy',
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const { name, timeoutMinutes = DEFAULT_TIMEOUT_MINUTES } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: it would wait until ${name} is healthy`);
        ctx.output('state', 'healthy');
        return;
      }
      const deadline = clock().getTime() + timeoutMinutes * 60_000;
      let said = '';
      for (;;) {
        ctx.signal?.throwIfAborted();
        const seen = await look(ctx);
        const words = `${name} is ${seen.state}: ${seen.stateReason}`;
        if (words !== said) {
          ctx.logger.info(words);
          said = words;
        }
        if (seen.state === 'healthy') {
          ctx.output('state', seen.state);
          ctx.output('version', seen.observedVersion);
          return;
        }
        if (clock().getTime() >= deadline) {
          ctx.logger.error(findingLines(seen.findings).join('\n'));
          throw new Error(
            `${name} was not healthy within ${timeoutMinutes} minutes. ${words}`,
          );
        }
        await sleep(pollMs, undefined, { signal: ctx.signal });
      }
    },
  });

  async function look(ctx: {
    input: { name: string };
    signal?: AbortSignal;
    getInitiatorCredentials(): Promise<never> | Promise<any>;
  }): Promise<DeploymentDetail> {
    const { name } = ctx.input;
    // Tokens live shorter than a task may wait
    const token = await trackerToken(auth, await ctx.getInitiatorCredentials());
    return client
      .getDeployment(name, { token, signal: ctx.signal })
      .catch(error => {
        throw trackerFailure(`Coder Fleet does not tell of ${name}`, error);
      });
  }
}
