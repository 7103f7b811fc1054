import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ARTIFACT_PATHS,
  type Clock,
  evaluate,
  findingLines,
  isAtLeast,
  parseDeploymentFile,
  plan as planOf,
  type PlanOptions,
  requestEvidence,
  RULE_SEVERITIES,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import { readTexts } from '../publish/workspaceFiles';
import { examples } from './check.examples';

const schema = {
  input: {
    sourcePath: () =>
      z
        .string({
          description:
            "Directory in the workspace with a deployment's files; its root by default",
        })
        .optional(),
    failOn: () =>
      z
        .enum(RULE_SEVERITIES, {
          description:
            'The least severity of a rule whose failure stops the task; high by default',
        })
        .optional(),
  },
  output: {
    findings: () =>
      z.array(z.record(z.unknown()), { description: 'Verdict of every rule' }),
  },
};

/**
 * Action `coder-fleet:check`: judges the files of a deployment that lie in the workspace, whoever wrote
 * them, by every rule. What was changed by hand is judged as it is, not as it would be rendered. Throws an
 * `InputError` when rules fail, or when there is no deployment.
 *
 * @internal
 */
export function createCheckAction(
  options: PlanOptions & { clock?: Clock } = {},
) {
  const { generation, clock = systemClock } = options;
  return createTemplateAction({
    id: 'coder-fleet:check',
    description:
      'Judges the files of a Coder deployment in the workspace by the Coder Validated Architecture',
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const { sourcePath = '.', failOn = 'high' } = ctx.input;
      const files = await readTexts(
        resolveSafeChildPath(ctx.workspacePath, sourcePath),
      );
      const spec = files.get(ARTIFACT_PATHS.deployment);
      if (spec === undefined) {
        throw new InputError(
          `There is no ${ARTIFACT_PATHS.deployment} in ${sourcePath}: run coder-fleet:render or fetch the repository first`,
        );
      }
      const deployment = parseDeploymentFile(spec);
      const now = clock();
      const { findings } = evaluate({
        evidence: requestEvidence({
          deployment,
          plan: planOf(deployment, { generation }),
          artifacts: [...files].map(([path, content]) => ({ path, content })),
          now,
        }),
        now,
      });
      ctx.logger.info(findingLines(findings).join('\n'));
      ctx.output('findings', findings);
      const failing = findings.filter(
        ({ verdict, severity }) =>
          verdict === 'fail' && isAtLeast(severity, failOn),
      );
      if (failing.length > 0) {
        throw new InputError(
          `${deployment.metadata.name} fails ${failing
            .map(({ rule, message }) => `${rule}: ${message}`)
            .join('; ')}`,
        );
      }
    },
  });
}
