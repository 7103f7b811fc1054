import type { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  changeLines,
  type Clock,
  type CoderFleetApi,
  type CvaGeneration,
  deploymentChanges,
  evaluate,
  fieldProblem,
  findingLines,
  plan as planOf,
  planLines,
  type PresentDeployment,
  type PresentDeploymentApi,
  render,
  reportingTo,
  repositoryUrl,
  requestEvidence,
  type RequestedDeployment,
  requestedDeployment,
  type RequestPolicy,
  systemClock,
  toDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { basisOf } from '../publish/basis';
import { presentOf } from '../tracker/presentOf';
import { planSummary } from '../report/planSummary';
import type { PublishGuard } from '../tracker/PublishGuard';
import { RequestGate } from '../tracker/RequestGate';
import { z } from 'zod/v3';
import { examples } from './plan.examples';

const schema = {
  input: {
    name: () =>
      z
        .string({
          description:
            'Name of the deployment: a DNS label of at most 30 characters',
        })
        .optional(),
    spec: () =>
      z
        .record(z.unknown(), {
          description: 'What is asked for: the spec of coder-deployment.yaml',
        })
        .optional(),
    form: () =>
      z
        .record(z.unknown(), {
          description:
            'Instead of name and spec: the answers of the form coder-deployment, as its steps name them',
        })
        .optional(),
    repoUrl: () =>
      z
        .string({
          description:
            'The repository of a Git host that the files will go to, as RepoUrlPicker gives it: then whether they may be registered from there is asked first',
        })
        .optional(),
  },
  output: {
    deployment: () =>
      z.record(z.unknown(), {
        description: 'The deployment, checked and with defaults filled in',
      }),
    plan: () =>
      z.record(z.unknown(), {
        description: 'The architecture, every figure with its source',
      }),
    findings: () =>
      z.array(z.record(z.unknown()), { description: 'Verdict of every rule' }),
    summary: () =>
      z.string({ description: 'The plan for people, in Markdown' }),
    repository: () =>
      z
        .object(
          { type: z.literal('url'), location: z.string() },
          { description: 'Of a repoUrl: for coder-fleet:register' },
        )
        .optional(),
    basedOn: () =>
      z
        .string({
          description:
            "Commit that the deployment's repository is at, or `none`: for coder-fleet:publish:git",
        })
        .optional(),
  },
};

/**
 * Action `coder-fleet:plan`: checks a request, derives its architecture, judges it by every rule and
 * writes all of it into the log. Rules that fail badly enough stop it, unless that deviation is accepted or
 * who runs the template may accept it: then a waiver is requested, and the same task goes on once it is
 * granted. So it is where somebody else has to approve the request, and with a repository of a Git host from which the
 * deployment could not be registered. Where the name is registered and the person may read it, the log shows what would
 * change, and what the form has no question for stays as it is. Throws an `InputError` that lists the fields that are
 * wrong, a `NotAllowedError` or a `ConflictError`.
 *
 * @internal
 */
export function createPlanAction(options: {
  client: Pick<CoderFleetApi, 'checkRequest'> & PresentDeploymentApi;
  auth: AuthService;
  guard: Pick<PublishGuard, 'check'>;
  judge?: typeof evaluate;
  clock?: Clock;
  generation?: CvaGeneration;
  /** What units may ask for, and who approves it: a dry run tells of it. */
  policies?: readonly RequestPolicy[];
  /** Absent when `coderFleet.publish.git.directory` is not configured. */
  repositories?: DeploymentRepositories;
  /** Where backup jobs report to, the portal's API; absent when clusters cannot reach it safely. */
  reportsBaseUrl?: string;
}) {
  const { judge = evaluate, clock = systemClock } = options;
  const { generation, repositories, reportsBaseUrl } = options;
  const gate = new RequestGate(options);
  return createTemplateAction({
    id: 'coder-fleet:plan',
    description:
      'Derives the architecture of a Coder deployment from a request and judges it by the Coder Validated Architecture',
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const name = nameOf(ctx.input);
      // First: what is read after it may be newer, but not older
      const basedOn =
        repositories && name !== undefined
          ? await basisOf(repositories, name)
          : undefined;
      const present =
        name === undefined
          ? undefined
          : await presentOf(name, { ...options, ctx });
      const { deployment, kept } = requestOf(ctx.input, {
        present,
        reportsBaseUrl,
      });
      const plan = planOf(deployment, { generation });
      const now = clock();
      const artifacts = render(deployment, { generation });
      const { findings } = judge({
        evidence: requestEvidence({ deployment, plan, artifacts, now }),
        now,
      });
      // One message: the lines of several may overtake one another on their way to the task's log.
      ctx.logger.info(
        [
          ...planLines(plan),
          '',
          ...findingLines(findings),
          ...(present
            ? [
                '',
                ...changeLines(
                  deploymentChanges({
                    present,
                    deployment,
                    plan,
                    artifacts,
                    findings,
                    now,
                    generation,
                  }),
                  kept,
                ),
              ]
            : []),
        ].join('\n'),
      );
      await gate.pass(deployment, { findings, ctx });
      if (ctx.input.repoUrl !== undefined) {
        const repository = {
          type: 'url',
          location: repositoryUrl(ctx.input.repoUrl),
        } as const;
        // Actions of Git hosts publish without asking
        await options.guard.check({
          deployment,
          repository,
          credentials: await ctx.getInitiatorCredentials(),
          signal: ctx.signal,
        });
        ctx.output('repository', repository);
      }

      ctx.output('deployment', deployment);
      ctx.output('plan', plan);
      ctx.output('findings', findings);
      ctx.output('summary', planSummary(plan));
      if (basedOn !== undefined) {
        ctx.output('basedOn', basedOn);
      }
    },
  });
}

type Input = {
  name?: string;
  spec?: Record<string, unknown>;
  form?: Record<string, unknown>;
};

/** The name that is asked for, if it can be one. */
function nameOf(input: Input): string | undefined {
  const name = input.form ? input.form.name : input.name;
  return typeof name === 'string' && !fieldProblem('name', name)
    ? name
    : undefined;
}

/**
 * A request, from the answers of the form or from a spec. Backup jobs report here unless it says otherwise. A spec
 * says all there is: nothing is taken over into it.
 */
function requestOf(
  input: Input,
  options: { present?: PresentDeployment; reportsBaseUrl?: string },
): RequestedDeployment {
  const { form, name, spec } = input;
  const { present, reportsBaseUrl } = options;
  if (form && (name !== undefined || spec)) {
    throw new InputError('Give either a form, or a name and a spec');
  }
  return form
    ? requestedDeployment({
        form,
        present: present?.deployment,
        reportsBaseUrl,
      })
    : {
        deployment: reportingTo(toDeployment({ name, spec }), reportsBaseUrl),
        kept: [],
      };
}
