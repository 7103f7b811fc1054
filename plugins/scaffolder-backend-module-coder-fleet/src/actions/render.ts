import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type Artifact,
  createLock,
  parseDeployment,
  type PlanOptions,
  render,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import { examples } from './render.examples';
import { writeArtifacts } from './writeArtifacts';

const schema = {
  input: {
    deployment: () =>
      z.record(z.unknown(), {
        description: 'The deployment, as coder-fleet:plan gives it',
      }),
    targetPath: () =>
      z
        .string({
          description:
            'Directory in the workspace to write to; its root by default',
        })
        .optional(),
  },
  output: {
    files: () =>
      z.array(z.string(), {
        description: 'Paths of the files, relative to targetPath',
      }),
    specHash: () =>
      z.string({ description: 'SHA-256 of coder-deployment.yaml' }),
  },
};

/**
 * Action `coder-fleet:render`: writes all artifacts of a deployment into the workspace. The same
 * deployment gives the same bytes. Throws an `InputError` that lists the fields that are wrong.
 *
 * @internal
 */
export function createRenderAction(options: PlanOptions = {}) {
  return createTemplateAction({
    id: 'coder-fleet:render',
    description:
      'Writes coder-deployment.yaml, Helm values, catalog-info.yaml, README and lock of a Coder deployment into the workspace',
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const { deployment, targetPath = '.' } = ctx.input;
      const artifacts = render(parseDeployment(deployment), options);
      const root = resolveSafeChildPath(ctx.workspacePath, targetPath);
      await writeArtifacts(root, artifacts, ctx.signal);
      ctx.logger.info(
        [`Wrote ${artifacts.length} files`, ...artifacts.map(line)].join('\n'),
      );
      ctx.output(
        'files',
        artifacts.map(({ path }) => path),
      );
      ctx.output('specHash', createLock(artifacts).specHash);
    },
  });
}

function line({ path, content }: Artifact): string {
  return `  ${path} (${Buffer.byteLength(content)} bytes)`;
}
