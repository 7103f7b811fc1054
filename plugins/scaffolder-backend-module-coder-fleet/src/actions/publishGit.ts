import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type Clock,
  type CvaGeneration,
  systemClock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  DeploymentRepositories,
  PublishOptions,
} from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { z } from 'zod/v3';
import { type Initiator, commitAuthor, commitMessage } from '../publish/commit';
import { NO_COMMIT, assertBasis } from '../publish/basis';
import { type Changes, changesTo } from '../publish/changes';
import { assertOwnRepository } from '../publish/ownership';
import { readWorkspace } from '../publish/workspaceFiles';
import { logChanges, settleHandEdits } from '../report/changeReport';
import type { PublishGuard } from '../tracker/PublishGuard';
import { examples } from './publishGit.examples';

const schema = {
  input: {
    deployment: () =>
      z
        .record(z.unknown(), {
          description:
            'The deployment, as coder-fleet:plan gives it: with it, a workspace that was lost is rendered again. By default that of coder-deployment.yaml in the workspace',
        })
        .optional(),
    sourcePath: () =>
      z
        .string({
          description:
            'Directory in the workspace with the artifacts; its root by default',
        })
        .optional(),
    message: () =>
      z.string({ description: 'First line of the commit' }).optional(),
    basedOn: () =>
      z
        .string({
          description:
            'The commit that the request was made from, as coder-fleet:plan gives it: with it, nothing is published onto what another task published meanwhile',
        })
        .optional(),
    overwriteEdited: () =>
      z
        .boolean({
          description:
            'Overwrite rendered files that were edited by hand in the repository',
        })
        .optional(),
  },
  output: {
    repository: () =>
      z.object(
        {
          type: z.literal('directory'),
          location: z.string(),
          commit: z.string().optional(),
        },
        { description: 'Where the artifacts are' },
      ),
    changed: () => z.boolean({ description: 'Whether there is a new commit' }),
  },
};

/**
 * What `coder-fleet:publish:git` works with.
 *
 * @internal
 */
export type PublishGitOptions = {
  /** Absent when `coderFleet.publish.git.directory` is not configured. */
  repositories?: DeploymentRepositories;
  guard: Pick<PublishGuard, 'check'>;
  clock?: Clock;
  generation?: CvaGeneration;
};

/**
 * Action `coder-fleet:publish:git`: commits the artifacts of the workspace to the deployment's bare
 * repository. Publishing the same again makes no second commit. Files that people edited in the
 * repository stop it, unless it is told to overwrite them. So does what another task published since this
 * one planned, a commit that somebody else makes after the check, and a repository that was kept for
 * another owner. In a dry run nothing is written.
 *
 * @internal
 */
export function createPublishGitAction(options: PublishGitOptions) {
  const { generation, guard, clock = systemClock } = options;
  return createTemplateAction({
    id: 'coder-fleet:publish:git',
    description:
      "Commits the rendered artifacts to the deployment's Git repository in the directory coderFleet.publish.git.directory",
    examples,
    supportsDryRun: true,
    schema,
    async handler(ctx) {
      const { input, logger, signal, user } = ctx;
      const repositories = configured(options.repositories);
      const content = await readWorkspace(
        resolveSafeChildPath(ctx.workspacePath, input.sourcePath ?? '.'),
        { given: input.deployment, generation, logger },
      );
      const { name } = content.deployment.metadata;
      const repository = { type: 'directory', location: name } as const;
      const { isRegisteredHere } = await guard.check({
        deployment: content.deployment,
        repository,
        credentials: await ctx.getInitiatorCredentials(),
        signal,
      });
      const changes = await changesTo(repositories, content);
      // First: what is in it must not get into the log of somebody else.
      if (!isRegisteredHere) {
        assertOwnRepository(content.deployment, changes);
      }
      settleHandEdits(changes, {
        overwrite: input.overwriteEdited ?? false,
        logger,
      });
      await assertBasis(repositories, {
        name,
        changes,
        basedOn: input.basedOn,
      });
      logChanges(changes, logger);
      signal?.throwIfAborted();
      if (ctx.isDryRun) {
        logger.info(`Dry run: nothing was committed to ${name}`);
        ctx.output('repository', repository);
        ctx.output('changed', false);
        return;
      }
      // No checkpoint: what a killed run committed is in Git, and a note of it could be out of date.
      const { commit, changed } = await repositories
        .publish({
          ...commitOf({ name, changes, summary: input.message, user }),
          now: clock(),
        })
        .catch(async error => {
          // Whoever was faster by a moment is named as well.
          await assertBasis(repositories, {
            name,
            changes: await changesTo(repositories, content),
            basedOn: changes.head ?? NO_COMMIT,
          });
          throw error;
        });
      logger.info(
        changed
          ? `Committed ${commit} to ${name}`
          : `Nothing to commit: ${name} is at ${commit} already`,
      );
      ctx.output('repository', { ...repository, commit });
      ctx.output('changed', changed);
    },
  });
}

function configured(
  repositories?: DeploymentRepositories,
): DeploymentRepositories {
  if (!repositories) {
    throw new InputError(
      'There is no place to publish to: set coderFleet.publish.git.directory in the configuration of the portal to the directory of the Git repositories',
    );
  }
  return repositories;
}

function commitOf(options: {
  name: string;
  changes: Changes;
  summary?: string;
  user?: Initiator;
}): Omit<PublishOptions, 'now'> {
  const { name, changes, summary, user } = options;
  const verb = changes.head ? 'Update' : 'Request';
  return {
    name,
    files: changes.files,
    remove: changes.removed,
    message: commitMessage({
      summary: summary ?? `${verb} Coder deployment ${name}`,
      initiator: user?.ref,
    }),
    author: commitAuthor(user),
    expectedParent: changes.head,
  };
}
