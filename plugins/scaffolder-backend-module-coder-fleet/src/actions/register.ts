import type { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type CoderFleetApi,
  PLUGIN_ID,
  parseDeployment,
  type RegisterResponse,
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
            pullRequest: z
              .string({
                description:
                  'URL of the pull request that brings it there; the deployment starts once that is merged',
              })
              .optional(),
          },
          {
            description:
              'Where the artifacts are, as coder-fleet:publish:git gives it; of a pull request the repository that it is merged to',
          },
        )
        .optional(),
    pullRequest: () =>
      z
        .string({
          description:
            'URL of the pull request that brings the artifacts to the repository, where that does not say it',
        })
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
 * runs the template. Registering again updates; it never makes a second one. With a pull request
 * the deployment is requested, and starts once that is merged. In a dry run nothing is registered.
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
      const repository = ctx.input.repository && {
        ...ctx.input.repository,
        ...(ctx.input.pullRequest && { pullRequest: ctx.input.pullRequest }),
      };
      const token = await trackerToken(
        auth,
        await ctx.getInitiatorCredentials(),
      );
      const answer = await client
        .register(
          name,
          { deployment, repository },
          { token, signal: ctx.signal },
        )
        .catch(error => {
          throw trackerFailure(`Coder Fleet did not register ${name}`, error);
        });
      ctx.logger.info(said(answer, repository?.pullRequest));
      ctx.output('entityRef', answer.entityRef);
      ctx.output('created', answer.created);
    },
  });
}

function said(
  { name, created }: RegisterResponse,
  pullRequest: string | undefined,
): string {
  if (!created) {
    return `${name} was registered before; it is up to date now`;
  }
  return pullRequest
    ? `Requested ${name}; it is tracked once ${pullRequest} is merged`
    : `Registered ${name}; it is tracked from now on`;
}
