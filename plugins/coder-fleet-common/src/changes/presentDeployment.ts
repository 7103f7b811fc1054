import { ResponseError, isError } from '@backstage/errors';
import type { CallOptions, CoderFleetApi } from '../api/CoderFleetClient';
import type { ArtifactEntry } from '../api/types';
import type { Plan } from '../architecture/plan';
import { ARTIFACT_PATHS } from '../artifacts/artifact';
import { type Lock, parseLock } from '../artifacts/lock';
import type { CoderDeployment } from '../deployment/DeploymentSpec';

/**
 * What is registered under a name, to compare a request with.
 *
 * @public
 */
export type PresentDeployment = {
  deployment: CoderDeployment;
  plan: Plan;
  /** Absent when its repository is not read by the portal, or cannot be read now. */
  files?: PresentFiles;
};

/**
 * The files of a deployment's repository, as far as a comparison needs them.
 *
 * @public
 */
export type PresentFiles = {
  /** How each compares with the lock. */
  items: readonly ArtifactEntry[];
  /** Absent when there is none that can be used. */
  lock?: Lock;
  /** Texts of those that were edited by hand, by path. */
  edited: ReadonlyMap<string, string>;
};

/**
 * What is asked of the tracker for a comparison.
 *
 * @public
 */
export type PresentDeploymentApi = Pick<
  CoderFleetApi,
  'getDeployment' | 'getArtifacts' | 'getArtifactFile'
>;

/**
 * Reads what is registered under a name; `undefined` when nothing is that the caller may read. Throws what the
 * API throws otherwise, but for files: without them there is less to compare.
 *
 * @public
 */
export async function readPresentDeployment(
  api: PresentDeploymentApi,
  name: string,
  options?: CallOptions,
): Promise<PresentDeployment | undefined> {
  try {
    const { deployment, plan, repository } = await api.getDeployment(
      name,
      options,
    );
    const files =
      repository?.type === 'directory'
        ? await readFiles(api, name, options).catch(() => undefined)
        : undefined;
    return { deployment, plan, ...(files && { files }) };
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

async function readFiles(
  api: PresentDeploymentApi,
  name: string,
  options?: CallOptions,
): Promise<PresentFiles> {
  const read = async (path: string) =>
    (await api.getArtifactFile(name, path, options)).content ?? '';
  const { items } = await api.getArtifacts(name, options);
  const lock = items.some(({ path }) => path === ARTIFACT_PATHS.lock)
    ? parseLock(await read(ARTIFACT_PATHS.lock))
    : undefined;
  const edited = new Map<string, string>();
  for (const { path, status } of items) {
    if (status === 'edited') {
      edited.set(path, await read(path));
    }
  }
  return { items, ...(lock && { lock }), edited };
}

function isMissing(error: unknown): boolean {
  return error instanceof ResponseError
    ? error.statusCode === 404
    : isError(error) && error.name === 'NotFoundError';
}
