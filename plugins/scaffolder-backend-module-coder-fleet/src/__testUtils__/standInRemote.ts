import * as fs from 'node:fs';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import * as git from 'isomorphic-git';
import type { GitHostRepository } from '../gitHost/gitHostRepository';
import type { GitRemote } from '../gitHost/GitRemote';

/**
 * A push that a {@link standInRemote} was told of: where, which branch, and the paths on it.
 *
 * @internal
 */
export type StandInPush = { location: string; branch: string; paths: string[] };

/**
 * The configuration of a portal that knows every Git host, each with a token that is none.
 *
 * @internal
 */
export const GIT_HOSTS_CONFIG = mockServices.rootConfig({
  data: {
    integrations: {
      github: [{ host: 'github.com', token: 'secret-of-github' }],
      gitlab: [{ host: 'gitlab.com', token: 'secret-of-gitlab' }],
      azure: [
        {
          host: 'dev.azure.com',
          credentials: [{ personalAccessToken: 'secret-of-azure' }],
        },
      ],
      bitbucketCloud: [{ username: 'portal', token: 'secret-of-bitbucket' }],
    },
  },
});

/** @internal */
export const INTEGRATIONS = ScmIntegrations.fromConfig(GIT_HOSTS_CONFIG);

/**
 * A stand-in for repositories with Git hosts: each has `files` on its branch `main`, and pushes are written down
 * into `pushes`. What Git does is proved with a real server, in publishBranch.test.ts.
 *
 * @internal
 */
export function standInRemote(
  options: {
    files?: Record<string, string>;
    pushes?: StandInPush[];
  } = {},
): (repository: GitHostRepository) => Promise<GitRemote> {
  const { files = { 'OWNERS.md': 'Joe\n' }, pushes = [] } = options;
  return async ({ location }) => ({
    async fetchDefaultBranch(gitdir) {
      await git.init({ fs, gitdir, bare: true, defaultBranch: 'main' });
      const index = new Map<string, string>();
      for (const [path, text] of Object.entries(files)) {
        const blob = Buffer.from(text);
        index.set(path, await git.writeBlob({ fs, gitdir, blob }));
      }
      for (const [filepath, oid] of index) {
        await git.updateIndex({
          fs,
          dir: gitdir,
          gitdir,
          filepath,
          oid,
          mode: 0o100644,
          add: true,
        });
      }
      const commit = await git.commit({
        fs,
        gitdir,
        message: 'Begin',
        author: { name: 'Joe', email: 'joe@example.com', timestamp: 0 },
      });
      return { branch: 'main', commit };
    },
    async fetchBranch() {
      return undefined;
    },
    async pushBranch(gitdir, branch) {
      const ref = `refs/heads/${branch}`;
      const oid = await git.resolveRef({ fs, gitdir, ref });
      const paths: string[] = await git.walk({
        fs,
        gitdir,
        trees: [git.TREE({ ref: oid })],
        map: async (path, [entry]) =>
          (await entry?.type()) === 'blob' ? path : undefined,
      });
      pushes.push({ location, branch, paths });
    },
  });
}
