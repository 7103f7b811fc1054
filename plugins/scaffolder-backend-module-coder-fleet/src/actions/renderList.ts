import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  blockingFindings,
  type Clock,
  type CoderDeployment,
  deploymentFolder,
  evaluate,
  plan as planOf,
  type PlanOptions,
  render,
  renderMany,
  requestEvidence,
  systemClock,
  toDeployments,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import { examples } from './renderList.examples';
import { writeArtifacts } from './writeArtifacts';

const schema = {
  input: {
    defaults: () =>
      z
        .record(z.unknown(), {
          description: 'What the specs of all deployments have alike',
        })
        .optional(),
    deployments: () =>
      z
        .array(
          z.object({
            name: z.string({ description: 'Name of the deployment' }),
            spec: z.record(z.unknown(), {
              description: 'What it has that the defaults do not',
            }),
          }),
          { description: 'The deployments' },
        )
        .min(1)
        .max(500),
    targetPath: () =>
      z
        .string({
          description:
            'Directory in the workspace to write to; its root by default',
        })
        .optional(),
  },
  output: {
    names: () =>
      z.array(z.string(), { description: 'Names of the deployments' }),
    folders: () =>
      z.array(z.string(), {
        description: 'A folder for each, relative to targetPath',
      }),
  },
};

/**
 * Action `coder-fleet:render:list`: renders many deployments of one list into `deployments/<name>`, each
 * judged by the rules first, as a provider of managed services keeps them in one repository. A list knows
 * no waivers: a deployment that deviates is requested alone. Throws an `InputError` that tells of all of
 * them, and then has written nothing.
 *
 * @internal
 */
export function createRenderListAction(
  options: PlanOptions & { clock?: Clock } = {},
) {
  const { clock = systemClock, generation } = options;
  return createTemplateAction({
    id: 'coder-fleet:render:list',
    description:
      'Writes the artifacts of many Coder deployments into the workspace, from one list',
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const { defaults, deployments: items, targetPath = '.' } = ctx.input;
      const deployments = toDeployments({ defaults, deployments: items });
      const refused = deployments.flatMap(failuresOf);
      if (refused.length > 0) {
        throw new InputError(refused.join('; '));
      }
      await writeArtifacts(
        resolveSafeChildPath(ctx.workspacePath, targetPath),
        renderMany(deployments, { generation }),
        ctx.signal,
      );
      const names = deployments.map(({ metadata }) => metadata.name);
      ctx.logger.info(
        [
          `Wrote ${names.length} deployments`,
          ...names.map(deploymentFolder),
        ].join('\n  '),
      );
      ctx.output('names', names);
      ctx.output('folders', names.map(deploymentFolder));
    },
  });

  function failuresOf(deployment: CoderDeployment): string[] {
    const now = clock();
    const { findings } = evaluate({
      evidence: requestEvidence({
        deployment,
        plan: planOf(deployment, { generation }),
        artifacts: render(deployment, { generation }),
        now,
      }),
      now,
    });
    return blockingFindings(findings).map(
      ({ rule, message }) => `${deployment.metadata.name}: ${rule}: ${message}`,
    );
  }
}
