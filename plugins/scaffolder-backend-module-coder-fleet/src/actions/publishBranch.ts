import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type Clock,
  type CvaGeneration,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { assertRefName } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { z } from 'zod/v3';
import {
  type GitHostRepository,
  gitHostRepository,
} from '../gitHost/gitHostRepository';
import type { GitRemote } from '../gitHost/GitRemote';
import { commitAuthor, commitMessage } from '../publish/commit';
import { makeRemoteBranch } from '../publish/remoteBranch';
import {
  readWorkspaceFolders,
  type WorkspaceFolder,
} from '../publish/workspaceFolders';
import {
  logChanges,
  warnOfHandEdits,
  warnOfUnreadableLocks,
} from '../report/changeReport';
import { pullRequestNotes } from '../report/pullRequestNotes';
import type { PublishGuard } from '../tracker/PublishGuard';
import { examples } from './publishBranch.examples';

const schema = {
  input: {
    repoUrl: () =>
      z.string({
        description:
          'A repository that exists with GitHub, GitLab, Azure DevOps or Bitbucket Cloud, as RepoUrlPicker gives it',
      }),
    branchName: () =>
      z.string({
        description:
          'The branch. What is on it already is replaced: take a name that nobody else pushes to',
      }),
    message: () =>
      z.string({ description: 'First line of the commit' }).optional(),
    sourcePath: () =>
      z
        .string({
          description:
            'Directory in the workspace that becomes the root of the repository: with the artifacts of one deployment, or with a folder for each of many; its root by default',
        })
        .optional(),
  },
  output: {
    branchName: () => z.string({ description: 'The branch' }),
    targetBranch: () =>
      z
        .string({
          description:
            'The default branch, which it starts from; nothing in a dry run',
        })
        .optional(),
    changed: () =>
      z.boolean({
        description:
          'Whether the branch differs from the default branch: without a difference there is none, and no pull request to open',
      }),
    filesToDelete: () =>
      z.array(z.string(), {
        description:
          'Paths that the branch removes, since they are not rendered any more',
      }),
    handEdits: () =>
      z.array(z.string(), {
        description:
          'Paths of the default branch that were edited by hand, which merging the branch undoes',
      }),
    notes: () =>
      z.string({
        description:
          'Both for people, in Markdown, for the description of a pull request; empty when there is neither',
      }),
  },
};

/**
 * What `coder-fleet:publish:branch` works with.
 *
 * @internal
 */
export type PublishBranchOptions = {
  integrations: ScmIntegrationRegistry;
  /** Opens a repository with the credentials of the portal. */
  connect: (
    repository: GitHostRepository,
    signal?: AbortSignal,
  ) => Promise<GitRemote>;
  guard: Pick<PublishGuard, 'check'>;
  clock?: Clock;
  generation?: CvaGeneration;
};

/**
 * Action `coder-fleet:publish:branch`: commits the artifacts of the workspace to a branch of a repository that
 * exists, on top of its default branch. Files that the lock there lists and that are not rendered any more go.
 * What people edited by hand is named, and stops nothing: whoever merges the branch decides. The same request
 * again pushes nothing, unless the default branch went on. In a dry run nothing is read or pushed.
 *
 * @internal
 */
export function createPublishBranchAction(options: PublishBranchOptions) {
  const { connect, generation, guard, integrations } = options;
  const { clock = systemClock } = options;
  return createTemplateAction({
    id: 'coder-fleet:publish:branch',
    description:
      'Commits the rendered artifacts to a branch of a repository that exists with a Git host, for a pull request',
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const { input, logger, signal, user } = ctx;
      const { branchName } = input;
      assertRefName(branchName);
      const repository = gitHostRepository(input.repoUrl, integrations);
      const { location } = repository;
      const { files, folders } = await readWorkspaceFolders(
        resolveSafeChildPath(ctx.workspacePath, input.sourcePath ?? '.'),
        { generation, logger },
      );
      for (const { content } of folders) {
        signal?.throwIfAborted();
        await guard.check({
          deployment: content.deployment,
          repository: { type: 'url', location },
          credentials: await ctx.getInitiatorCredentials(),
          signal,
        });
      }
      ctx.output('branchName', branchName);
      if (ctx.isDryRun) {
        logger.info(
          `Dry run: ${location} was not read, and ${branchName} was not pushed`,
        );
        ctx.output('changed', false);
        ctx.output('filesToDelete', []);
        ctx.output('handEdits', []);
        ctx.output('notes', '');
        return;
      }
      const directory = join(await ctx.createTemporaryDirectory(), 'branch');
      try {
        // No checkpoint: what a killed run pushed is found on the branch
        const { outcome, targetBranch, changes } = await makeRemoteBranch(
          {
            branch: branchName,
            files,
            folders,
            message: commitMessage({
              summary: input.message ?? summaryOf(folders),
              initiator: user?.ref,
            }),
            author: commitAuthor(user),
            now: clock(),
          },
          {
            remote: await connect(repository, signal),
            gitdir: directory,
            location,
            logger,
            signal,
            report: found => {
              warnOfUnreadableLocks(found.unreadableLocks, logger);
              warnOfHandEdits(found.handEdits, logger);
              logChanges(found, logger);
            },
          },
        );
        ctx.output('targetBranch', targetBranch);
        ctx.output('changed', outcome !== 'unchanged');
        ctx.output('filesToDelete', changes.removed);
        ctx.output(
          'handEdits',
          changes.handEdits.map(({ path }) => path),
        );
        ctx.output('notes', pullRequestNotes(changes));
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  });
}

function summaryOf(folders: readonly WorkspaceFolder[]): string {
  const [{ content }] = folders;
  return folders.length === 1
    ? `Request Coder deployment ${content.deployment.metadata.name}`
    : `Request ${folders.length} Coder deployments`;
}
