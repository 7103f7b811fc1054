import fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import git, { TREE as treeAt } from 'isomorphic-git';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const {
  parseLock,
  verifyArtifacts,
} = require('@coder-fleet/backstage-plugin-coder-fleet-common');

/** What a task left in Git: how many commits, and whether its files are as the lock beside them says. */
export async function publishedState(data, name) {
  const gitdir = join(data, 'git', `${name}.git`);
  const commits = await git.log({ fs, gitdir, ref: 'main' });
  const [{ oid }] = commits;
  const files = new Map();
  await walk(gitdir, oid, files);
  const lock = parseLock(files.get('.coder-fleet/lock.json') ?? '');
  return {
    commits: commits.length,
    locked: lock && Object.keys(lock.artifacts).length,
    deviation: lock && verifyArtifacts(files, lock),
  };
}

/** A bare repository has no index: its tree is walked. */
async function walk(gitdir, oid, files) {
  await git.walk({
    fs,
    gitdir,
    trees: [treeAt({ ref: oid })],
    map: async (path, [entry]) => {
      if ((await entry.type()) === 'blob') {
        files.set(path, Buffer.from(await entry.content()).toString('utf8'));
      }
      return path;
    },
  });
}
