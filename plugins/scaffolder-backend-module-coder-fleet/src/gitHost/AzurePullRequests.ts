import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod/v3';
import type { GitHostRepository } from './gitHostRepository';
import { statusFailure } from './remoteFailure';

const API_VERSION = '7.1';
const TIMEOUT_MS = 60_000;

/** What Azure DevOps takes at most; it refuses more. */
const MAX_TITLE_LENGTH = 400;
const MAX_DESCRIPTION_LENGTH = 4_000;

const pullRequestSchema = z.object({
  pullRequestId: z.number().int().positive(),
});
const pageSchema = z.object({ value: z.array(pullRequestSchema) });

/**
 * What a pull request is to be.
 *
 * @internal
 */
export type PullRequestRequest = {
  sourceBranch: string;
  targetBranch: string;
  title: string;
  description: string;
};

/**
 * Pull requests of a repository of Azure DevOps, by its REST API. Errors say what to do, and hold nothing of the
 * request or the answer but its status.
 *
 * @internal
 */
export class AzurePullRequests {
  readonly #repository: GitHostRepository;
  readonly #authorization: string;
  readonly #fetch: typeof fetch;
  readonly #signal?: AbortSignal;

  constructor(options: {
    repository: GitHostRepository;
    authorization: string;
    fetch: typeof fetch;
    signal?: AbortSignal;
  }) {
    this.#repository = options.repository;
    this.#authorization = options.authorization;
    this.#fetch = options.fetch;
    this.#signal = options.signal;
  }

  /** The page of a pull request for people. */
  pageOf(id: number): string {
    return `${this.#repository.location}/pullrequest/${id}`;
  }

  /** The active one between two branches, of which Azure DevOps lets there be one. */
  async find(
    request: Pick<PullRequestRequest, 'sourceBranch' | 'targetBranch'>,
  ): Promise<number | undefined> {
    const response = await this.#call('', {
      query: {
        'searchCriteria.status': 'active',
        'searchCriteria.sourceRefName': refOf(request.sourceBranch),
        'searchCriteria.targetRefName': refOf(request.targetBranch),
        $top: '1',
      },
    });
    const { value } = await this.#read(response, pageSchema);
    return value[0]?.pullRequestId;
  }

  /** Opens one; answers `undefined` when there is one by now. */
  async open(request: PullRequestRequest): Promise<number | undefined> {
    const response = await this.#call('', {
      method: 'POST',
      body: {
        ...texts(request),
        sourceRefName: refOf(request.sourceBranch),
        targetRefName: refOf(request.targetBranch),
      },
      accept: [409],
    });
    if (response.status === 409) {
      return undefined;
    }
    const { pullRequestId } = await this.#read(response, pullRequestSchema);
    return pullRequestId;
  }

  /** Brings title and description of one up to date. */
  async update(id: number, request: PullRequestRequest): Promise<void> {
    await this.#call(`/${id}`, { method: 'PATCH', body: texts(request) });
  }

  async #call(
    path: string,
    options: {
      method?: string;
      query?: Record<string, string>;
      body?: object;
      accept?: readonly number[];
    },
  ): Promise<Response> {
    const { method = 'GET', query, body, accept = [] } = options;
    const url = new URL(`${apiOf(this.#repository)}/pullrequests${path}`);
    url.search = new URLSearchParams({
      ...query,
      'api-version': API_VERSION,
    }).toString();
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const response = await this.#fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        authorization: this.#authorization,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: this.#signal ? AbortSignal.any([this.#signal, timeout]) : timeout,
    }).catch(() => {
      this.#signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `${this.#repository.host} could not be reached: run the task again`,
      );
    });
    // 203 is a page to sign in at
    const isRight = response.ok && response.status !== 203;
    if (!isRight && !accept.includes(response.status)) {
      throw statusFailure(response.status, this.#repository);
    }
    return response;
  }

  async #read<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
    const parsed = schema.safeParse(await response.json().catch(() => null));
    if (!parsed.success) {
      this.#signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `${this.#repository.host} answered with no pull request for ${this.#repository.location}: run the task again`,
      );
    }
    return parsed.data;
  }
}

/** `https://dev.azure.com/org/project/_git/repo` has its API below the project. */
function apiOf({ location }: GitHostRepository): string {
  const [project, repository] = location.split('/_git/');
  return `${project}/_apis/git/repositories/${repository}`;
}

function refOf(branch: string): string {
  return `refs/heads/${branch}`;
}

function texts({ title, description }: PullRequestRequest) {
  return {
    title: cut(title, MAX_TITLE_LENGTH),
    description: cut(description, MAX_DESCRIPTION_LENGTH),
  };
}

/** At most so many characters as Azure DevOps counts them, never half of one. */
function cut(text: string, length: number): string {
  return text.length > length
    ? `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
    : text;
}
