import fs from 'node:fs';
import git from 'isomorphic-git';
import { InputError, isError } from '@backstage/errors';
import type { DeploymentFiles } from './parseDeployment';

const BRANCH = 'refs/heads/main';
const PROVISIONERS = 'helm/provisioners';
const PROXIES = 'helm/proxies';

/**
 * Commit at the head of `main` in a bare repository; undefined while there is none.
 *
 * @internal
 */
export async function headCommit(gitdir: string): Promise<string | undefined> {
  try {
    return await git.resolveRef({ fs, gitdir, ref: BRANCH });
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * The files of a commit that matter here. Throws an `InputError` when a required one is missing.
 *
 * @internal
 */
export async function readCommit(
  gitdir: string,
  oid: string,
): Promise<DeploymentFiles> {
  const commit = { gitdir, oid };
  return {
    spec: await requiredFile(commit, 'coder-deployment.yaml'),
    values: await requiredFile(commit, 'helm/control-plane/values.yaml'),
    provisioners: await valuesByRegion(commit, PROVISIONERS),
    proxies: await valuesByRegion(commit, PROXIES),
  };
}

type Commit = { gitdir: string; oid: string };

async function valuesByRegion(
  commit: Commit,
  folder: string,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const region of await folders(commit, folder)) {
    const path = `${folder}/${region}/values.yaml`;
    const text = await file(commit, path);
    if (text !== undefined) {
      files[region] = text;
    }
  }
  return files;
}

async function folders(commit: Commit, filepath: string): Promise<string[]> {
  try {
    const { tree } = await git.readTree({ fs, ...commit, filepath });
    return tree.filter(entry => entry.type === 'tree').map(({ path }) => path);
  } catch (error) {
    if (isNotFound(error)) {
      return [];
    }
    throw error;
  }
}

async function requiredFile(commit: Commit, path: string): Promise<string> {
  const text = await file(commit, path);
  if (text === undefined) {
    throw new InputError(`${path} is missing`);
  }
  return text;
}

async function file(
  commit: Commit,
  filepath: string,
): Promise<string | undefined> {
  try {
    const { blob } = await git.readBlob({ fs, ...commit, filepath });
    return Buffer.from(blob).toString('utf8');
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return isError(error) && error.name === 'NotFoundError';
}
