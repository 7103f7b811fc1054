import type { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type CoderFleetApi,
  PLUGIN_ID,
  parseDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import { trackerFailure } from '../tracker/trackerFailure';
import { trackerToken } from '../tracker/trackerToken';
import { examples } from './register.examples';

const schema = {
  input: {
    deployment: () =>
      z.record(z.unknown(), {
        description: 'The deployment, as coder-fleet:plan gives it',
      }),
    repository: () =>
      z
        .object(
          {
            type: z.enum(['directory', 'url']),
            location: z.string(),
            commit: z.string().optional(),
          },
          {
            description:
              'Where the artifacts are, as coder-fleet:publish:git gives it',
          },
        )
        .optional(),
  },
  output: {
    name: () => z.string({ description: 'Name of the deployment' }),
    entityRef: () =>
      z.string({ description: 'Reference of its System in the catalog' }),
    url: () => z.string({ description: 'Path of its page in the portal' }),
    created: () =>
      z.boolean({ description: 'Whether it was not registered before' }),
  },
};

/**
 * Action `coder-fleet:register`: tells the tracker of a deployment, in the name of the person who
 * runs the template. Registering again updates; it never makes a second one. In a dry run nothing
 * is registered.
 *
 * @internal
 */
export function createRegisterAction(options: {
  client: Pick<CoderFleetApi, 'register'>;
  auth: AuthService;
}) {
  const { client, auth } = options;
  return createTemplateAction({
    id: 'coder-fleet:register',
    description:
      'Registers a Coder deployment with Coder Fleet, which tracks it from then on',
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const deployment = parseDeployment(ctx.input.deployment);
      const { name } = deployment.metadata;
      ctx.output('name', name);
      ctx.output('url', `/${PLUGIN_ID}/${name}`);
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: ${name} would be registered`);
        ctx.output('entityRef', `system:default/${name}`);
        ctx.output('created', false);
        return;
      }
      const token = await trackerToken(
        auth,
        await ctx.getInitiatorCredentials(),
      );
      const answer = await client
        .register(
          name,
          { deployment, repository: ctx.input.repository },
          { token, signal: ctx.signal },
        )
        .catch(error => {
          throw trackerFailure(`Coder Fleet did not register ${name}`, error);
        });
      ctx.logger.info(
        answer.created
          ? `Registered ${answer.name}; it is tracked from now on`
          : `${answer.name} was registered before; it is up to date now`,
      );
      ctx.output('entityRef', answer.entityRef);
      ctx.output('created', answer.created);
    },
  });
}
