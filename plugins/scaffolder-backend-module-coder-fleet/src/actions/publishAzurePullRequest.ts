import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { assertRefName } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { z } from 'zod/v3';
import {
  AzurePullRequests,
  type PullRequestRequest,
} from '../gitHost/AzurePullRequests';
import type { GitHostAuthorization } from '../gitHost/gitHostAuthorization';
import { gitHostRepository } from '../gitHost/gitHostRepository';
import { examples } from './publishAzurePullRequest.examples';

const schema = {
  input: {
    repoUrl: () =>
      z.string({
        description: 'A repository of Azure DevOps, as RepoUrlPicker gives it',
      }),
    branchName: () =>
      z.string({
        description:
          'The branch to merge, which is there already, as coder-fleet:publish:branch pushes it',
      }),
    targetBranch: () => z.string({ description: 'The branch to merge it to' }),
    title: () => z.string({ description: 'Title of the pull request' }),
    description: () =>
      z
        .string({
          description:
            'Its description, in Markdown; Azure DevOps takes 4,000 characters, and what is longer is cut',
        })
        .optional(),
  },
  output: {
    pullRequestUrl: () =>
      z
        .string({
          description: 'Its page for people; nothing in a dry run',
        })
        .optional(),
    pullRequestId: () =>
      z.number({ description: 'Its number; nothing in a dry run' }).optional(),
  },
};

/**
 * Action `coder-fleet:publish:azure:pull-request`: opens a pull request on Azure DevOps for a branch that is there.
 * When one is active between the same branches, that gets title and description. In a dry run nothing is opened.
 *
 * @internal
 */
export function createPublishAzurePullRequestAction(options: {
  integrations: ScmIntegrationRegistry;
  authorization: GitHostAuthorization;
  fetch?: typeof fetch;
}) {
  const { integrations, authorization, fetch: call = fetch } = options;
  return createTemplateAction({
    id: 'coder-fleet:publish:azure:pull-request',
    description:
      'Opens a pull request on Azure DevOps for a branch that was pushed',
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const { branchName, repoUrl, targetBranch, title } = ctx.input;
      const repository = gitHostRepository(repoUrl, integrations);
      if (repository.kind !== 'azure') {
        throw new InputError(`${repository.host} is not Azure DevOps`);
      }
      [branchName, targetBranch].forEach(assertRefName);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: no pull request was opened in ${repository.location}`,
        );
        return;
      }
      const pullRequests = new AzurePullRequests({
        repository,
        authorization: await authorization(repository),
        fetch: call,
        signal: ctx.signal,
      });
      // No checkpoint: what a killed run opened is found, and one that was closed since is opened again
      const { id, opened } = await openOrUpdate(pullRequests, {
        sourceBranch: branchName,
        targetBranch,
        title,
        description: ctx.input.description ?? '',
      });
      const page = pullRequests.pageOf(id);
      ctx.logger.info(opened ? `Opened ${page}` : `${page} is open already`);
      ctx.output('pullRequestUrl', page);
      ctx.output('pullRequestId', id);
    },
  });
}

async function openOrUpdate(
  pullRequests: AzurePullRequests,
  request: PullRequestRequest,
): Promise<{ id: number; opened: boolean }> {
  const known = await pullRequests.find(request);
  if (known === undefined) {
    const id = await pullRequests.open(request);
    if (id !== undefined) {
      return { id, opened: true };
    }
  }
  // Somebody else may have been faster by a moment
  const id = known ?? (await pullRequests.find(request));
  if (id === undefined) {
    throw new InputError(
      `Azure DevOps does not let ${request.sourceBranch} be merged to ${request.targetBranch}: look at the pull requests that are there`,
    );
  }
  await pullRequests.update(id, request);
  return { id, opened: false };
}
