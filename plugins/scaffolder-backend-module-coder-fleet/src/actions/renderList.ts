import {
  type AuthService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import {
  type ActionContext,
  createTemplateAction,
} from '@backstage/plugin-scaffolder-node';
import {
  type Clock,
  type CoderDeployment,
  type CoderFleetApi,
  deploymentFolder,
  evaluate,
  MAX_LISTED_DEPLOYMENTS,
  plan as planOf,
  type PlanOptions,
  readDeploymentList,
  render,
  renderMany,
  reportingTo,
  type RepositoryRef,
  repositoryUrl,
  requestEvidence,
  sha256Hex,
  systemClock,
  toDeployments,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { z } from 'zod/v3';
import { basisOf } from '../publish/basis';
import { listSummary } from '../report/listSummary';
import type { PublishGuard } from '../tracker/PublishGuard';
import { RequestGate } from '../tracker/RequestGate';
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
        .max(MAX_LISTED_DEPLOYMENTS)
        .optional(),
    list: () =>
      z
        .string({
          description:
            'Instead of defaults and deployments: both in one text, in YAML',
        })
        .optional(),
    repoUrl: () =>
      z
        .string({
          description:
            'The repository of a Git host that all of them will go to, as RepoUrlPicker gives it: then whether they may be registered from there is asked first',
        })
        .optional(),
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
    items: () =>
      z.array(
        z.object({
          deployment: z.record(z.unknown()),
          folder: z.string(),
          basedOn: z.string().optional(),
        }),
        {
          description:
            'For steps that run for each of them: the deployment as coder-fleet:plan gives it, its folder, and the commit that its repository is at',
        },
      ),
    summary: () =>
      z.string({ description: 'The deployments for people, in Markdown' }),
    listHash: () =>
      z.string({
        description: 'SHA-256 of the deployments, as they were checked',
      }),
    repository: () =>
      z
        .object(
          { type: z.literal('url'), location: z.string() },
          { description: 'Of a repoUrl: for coder-fleet:register' },
        )
        .optional(),
  },
};

/** What is wrong with one deployment; anything else, such as a tracker that is gone, ends the task at once. */
const REFUSALS = ['InputError', 'NotAllowedError', 'ConflictError'];

/**
 * Action `coder-fleet:render:list`: renders many deployments of one list into `deployments/<name>`, as a provider
 * of managed services keeps them. Each has to pass what it would have to pass alone in `coder-fleet:plan`, and
 * they count together for what their business unit may have. Throws an `InputError` that tells of all of them,
 * and then has written nothing.
 *
 * @internal
 */
export function createRenderListAction(
  options: PlanOptions & {
    client: Pick<CoderFleetApi, 'checkRequest'>;
    auth: AuthService;
    guard: Pick<PublishGuard, 'check'>;
    clock?: Clock;
    /** Absent when `coderFleet.publish.git.directory` is not configured. */
    repositories?: DeploymentRepositories;
    /** Where backup jobs report to, the portal's API; absent when clusters cannot reach it safely. */
    reportsBaseUrl?: string;
  },
) {
  const { clock = systemClock, generation, guard, repositories } = options;
  const gate = new RequestGate(options);
  return createTemplateAction({
    id: 'coder-fleet:render:list',
    description:
      'Writes the artifacts of many Coder deployments into the workspace, from one list',
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const { repoUrl, targetPath = '.' } = ctx.input;
      const deployments = listOf(ctx.input).map(deployment =>
        reportingTo(deployment, options.reportsBaseUrl),
      );
      const repository =
        repoUrl === undefined
          ? undefined
          : ({ type: 'url', location: repositoryUrl(repoUrl) } as const);
      await requireAll(deployments, async deployment => {
        await pass(deployment, { deployments, ctx });
        if (repository) {
          await requireFree(deployment, repository, ctx);
        }
      });
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
      ctx.output('summary', listSummary(deployments, { generation }));
      ctx.output('listHash', sha256Hex(JSON.stringify(deployments)));
      ctx.output('items', await Promise.all(deployments.map(itemOf)));
      if (repository) {
        ctx.output('repository', repository);
      }
    },
  });

  async function pass(
    deployment: CoderDeployment,
    context: {
      deployments: readonly CoderDeployment[];
      ctx: Pick<
        ActionContext<{}>,
        'isDryRun' | 'logger' | 'signal' | 'getInitiatorCredentials'
      >;
    },
  ): Promise<void> {
    const { deployments, ctx } = context;
    ctx.signal?.throwIfAborted();
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
    const alongside = deployments
      .filter(({ spec }) => spec.businessUnit === deployment.spec.businessUnit)
      .map(({ metadata }) => metadata.name)
      .filter(name => name !== deployment.metadata.name);
    await gate.pass(deployment, { alongside, findings, ctx });
  }

  async function requireFree(
    deployment: CoderDeployment,
    repository: RepositoryRef,
    ctx: Pick<ActionContext<{}>, 'signal' | 'getInitiatorCredentials'>,
  ): Promise<void> {
    // Actions of Git hosts publish without asking
    await guard.check({
      deployment,
      repository,
      credentials: await ctx.getInitiatorCredentials(),
      signal: ctx.signal,
    });
  }

  async function itemOf(deployment: CoderDeployment) {
    const { name } = deployment.metadata;
    return {
      deployment,
      folder: deploymentFolder(name),
      ...(repositories && { basedOn: await basisOf(repositories, name) }),
    };
  }
}

function listOf(input: {
  defaults?: Record<string, unknown>;
  deployments?: Array<{ name: string; spec: Record<string, unknown> }>;
  list?: string;
}): CoderDeployment[] {
  const { defaults, deployments, list } = input;
  if ((list === undefined) === (deployments === undefined)) {
    throw new InputError('Give either a list, or deployments');
  }
  if (deployments) {
    return toDeployments({ defaults, deployments });
  }
  const reading = readDeploymentList(list ?? '');
  if (reading.problems) {
    throw new InputError(reading.problems.join('; '));
  }
  return reading.deployments;
}

/** One after the other: a list must not keep the tracker busy. */
async function requireAll(
  deployments: readonly CoderDeployment[],
  check: (deployment: CoderDeployment) => Promise<void>,
): Promise<void> {
  const refused: string[] = [];
  for (const deployment of deployments) {
    try {
      await check(deployment);
    } catch (error) {
      if (!isError(error) || !REFUSALS.includes(error.name)) {
        throw error;
      }
      refused.push(`${deployment.metadata.name}: ${error.message}`);
    }
  }
  if (refused.length > 0) {
    throw new InputError(refused.join('; '));
  }
}
