import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import {
  ARTIFACT_PATHS,
  deploymentFolder,
  parseDeploymentFile,
  requestDigest,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  CoderDeployment,
  RepositoryRef,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { ArtifactReader } from './ArtifactReader';

/** Of one look at a host that others run. */
const TIMEOUT_MS = 30_000;

const MAX_FILE_BYTES = 256 * 1024;
const MAX_MESSAGE_LENGTH = 200;
const MAX_REMEMBERED = 1_000;

/**
 * How the default branch of a repository compares with a deployment.
 *
 * - `same`: it has exactly this.
 * - `absent`: it has no deployment.
 * - `different`: it has another one.
 * - `unreadable`: nobody knows; `message` says what could not be read.
 *
 * @internal
 */
export type MergedStanding =
  | { status: 'same' | 'absent' | 'different' }
  | { status: 'unreadable'; message: string };

type Found = { etag: string; text?: string };

/**
 * Reads what was merged to the default branches of repositories: those of the publisher's own directory, and
 * those at the hosts that this portal may read.
 *
 * @internal
 */
export class MergedReader {
  readonly #artifacts: Pick<ArtifactReader, 'deployment'>;
  readonly #urlReader: Pick<UrlReaderService, 'readTree'>;
  readonly #found = new Map<string, Found>();

  constructor(options: {
    artifacts: Pick<ArtifactReader, 'deployment'>;
    urlReader: Pick<UrlReaderService, 'readTree'>;
  }) {
    this.#artifacts = options.artifacts;
    this.#urlReader = options.urlReader;
  }

  /** Compares the default branch with a deployment. Never throws. */
  async compare(
    deployment: CoderDeployment,
    repository: RepositoryRef,
    signal?: AbortSignal,
  ): Promise<MergedStanding> {
    try {
      const merged = await this.#read(deployment, repository, signal);
      if (!merged) {
        return { status: 'absent' };
      }
      // Both were parsed: what is left out stands for its default on either side
      const same = requestDigest(merged) === requestDigest(deployment);
      return { status: same ? 'same' : 'different' };
    } catch (error) {
      return { status: 'unreadable', message: unreadable(error, repository) };
    }
  }

  async #read(
    { metadata }: CoderDeployment,
    repository: RepositoryRef,
    signal?: AbortSignal,
  ): Promise<CoderDeployment | undefined> {
    if (repository.type === 'directory') {
      return this.#artifacts.deployment({ name: metadata.name, repository });
    }
    const text = await this.#readUrl(
      repository.location,
      metadata.name,
      signal,
    );
    return text === undefined ? undefined : parseDeploymentFile(text);
  }

  async #readUrl(
    location: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const key = `${location} ${name}`;
    const known = this.#found.get(key);
    // A repository of many has a folder for each
    const own = `${deploymentFolder(name)}/${ARTIFACT_PATHS.deployment}`;
    const paths = [own, ARTIFACT_PATHS.deployment];
    try {
      const tree = await this.#urlReader.readTree(location, {
        ...(known && { etag: known.etag }),
        filter: (path, info) =>
          paths.includes(path) && (info?.size ?? 0) <= MAX_FILE_BYTES,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const files = await tree.files();
      const file = files.find(({ path }) => path === own) ?? files[0];
      const text = (await file?.content())?.toString('utf8');
      this.#remember(key, { etag: tree.etag, text });
      return text;
    } catch (error) {
      if (known && isError(error) && error.name === 'NotModifiedError') {
        return known.text;
      }
      throw error;
    }
  }

  #remember(key: string, found: Found) {
    if (this.#found.size >= MAX_REMEMBERED) {
      this.#found.clear();
    }
    this.#found.set(key, found);
  }
}

function unreadable(error: unknown, { location }: RepositoryRef): string {
  const { name, message } = toError(error);
  switch (name) {
    case 'InputError':
      // What is wrong in it is for those who may read it
      return `${ARTIFACT_PATHS.deployment} in ${location} is not a valid deployment`;
    case 'NotFoundError':
      return `${location} was not found, or this portal may not read it`;
    default: {
      const why = message.split('\n')[0].slice(0, MAX_MESSAGE_LENGTH);
      return `${location} could not be read: ${why}`;
    }
  }
}
