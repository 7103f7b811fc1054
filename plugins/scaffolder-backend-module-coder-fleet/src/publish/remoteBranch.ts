import * as fs from 'node:fs';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import {
  type CommitAuthor,
  cleanAuthor,
  cleanMessage,
  GitTrees,
} from '@coder-fleet/backstage-plugin-coder-fleet-node';
import * as git from 'isomorphic-git';
import type { BranchHead, GitRemote } from '../gitHost/GitRemote';
import { type BranchChanges, branchChanges } from './branchChanges';
import type { WorkspaceFolder } from './workspaceFolders';

/**
 * The commit that a branch is to have.
 *
 * @internal
 */
export type BranchRequest = {
  branch: string;
  files: ReadonlyMap<string, string>;
  folders: readonly WorkspaceFolder[];
  message: string;
  author: CommitAuthor;
  now: Date;
};

/**
 * What became of it: `unchanged` when the default branch holds exactly that already, `kept` when the branch does.
 *
 * @internal
 */
export type BranchOutcome = {
  outcome: 'unchanged' | 'kept' | 'pushed';
  targetBranch: string;
  changes: BranchChanges;
};

/**
 * Makes a branch one commit on top of the default branch: with the files, and without those that the lock there
 * lists and that are not rendered any more. `report` is called before anything is pushed. Throws an `InputError`
 * when the repository has no commit, or when the branch is the default one.
 *
 * @internal
 */
export async function makeRemoteBranch(
  request: BranchRequest,
  options: {
    remote: GitRemote;
    /** Of this machine, for what is read; made when it is not there. */
    gitdir: string;
    location: string;
    logger: LoggerService;
    signal?: AbortSignal;
    report: (changes: BranchChanges) => void;
  },
): Promise<BranchOutcome> {
  const { branch, files, folders } = request;
  const { remote, gitdir, location, logger, signal, report } = options;
  logger.info(`Reading the default branch of ${location}`);
  const base = await remote.fetchDefaultBranch(gitdir);
  assertBase(base, branch, location);
  const targetBranch = base.branch;
  const trees = GitTrees.create({ fs, gitdir });
  const before = await trees.commit(base.commit);
  const changes = await branchChanges({
    trees,
    tree: before.tree,
    files,
    folders,
  });
  signal?.throwIfAborted();
  report(changes);
  const tree = await trees.edit(before.tree, changes);
  if (tree === before.tree) {
    logger.info(
      `Nothing to change: ${targetBranch} of ${location} holds exactly this`,
    );
    return { outcome: 'unchanged', targetBranch, changes };
  }
  const present = await remote.fetchBranch(gitdir, branch);
  if (present) {
    const { tree: presentTree, parents } = await trees.commit(present);
    if (presentTree === tree && parents.join() === base.commit) {
      logger.info(`Nothing to push: ${branch} is there already, with this`);
      return { outcome: 'kept', targetBranch, changes };
    }
    logger.warn(`${branch} is there already: it is replaced`);
  }
  await commit(request, { gitdir, tree, parent: base.commit });
  signal?.throwIfAborted();
  logger.info(`Pushing ${branch} to ${location}`);
  await remote.pushBranch(gitdir, branch);
  logger.info(`Pushed ${branch}, on top of ${targetBranch}`);
  return { outcome: 'pushed', targetBranch, changes };
}

function assertBase(
  base: BranchHead | undefined,
  branch: string,
  location: string,
): asserts base is BranchHead {
  if (!base) {
    throw new InputError(
      `${location} has no commit on its default branch, so that no pull request can be made: answer "Is made" for a new repository, or commit something there, such as a README`,
    );
  }
  if (base.branch === branch) {
    throw new ConflictError(
      `${branch} is the default branch of ${location}: give another branchName`,
    );
  }
}

async function commit(
  { branch, message, author, now }: BranchRequest,
  options: { gitdir: string; tree: string; parent: string },
): Promise<void> {
  const { gitdir, tree, parent } = options;
  const signature = {
    ...cleanAuthor(author),
    timestamp: Math.floor(now.getTime() / 1_000),
    timezoneOffset: 0,
  };
  const value = await git.writeCommit({
    fs,
    gitdir,
    commit: {
      tree,
      parent: [parent],
      author: signature,
      committer: signature,
      message: cleanMessage(message),
    },
  });
  await git.writeRef({
    fs,
    gitdir,
    ref: `refs/heads/${branch}`,
    value,
    force: true,
  });
}
