import { ResponseError } from '@backstage/errors';
import { PLUGIN_ID } from '../annotations';
import type {
  ArtifactCommit,
  ArtifactFile,
  ArtifactTree,
  DeploymentDetail,
  DeploymentQuery,
  DeploymentRecord,
  DeploymentSummary,
  FleetSummary,
  NameAvailability,
  Page,
  RegisterRequest,
  RegisterResponse,
} from './types';

/**
 * Options of a call. Backend plugins pass a token; in the browser the fetch API adds it.
 *
 * @public
 */
export type CallOptions = { token?: string; signal?: AbortSignal };

/**
 * The tracker's HTTP API. Errors of the backend arrive as `ResponseError`.
 *
 * @public
 */
export interface CoderFleetApi {
  listDeployments(
    query?: DeploymentQuery,
    options?: CallOptions,
  ): Promise<Page<DeploymentSummary>>;
  /** Like `listDeployments`, with spec, plan and repository of each. */
  listRecords(
    query?: DeploymentQuery,
    options?: CallOptions,
  ): Promise<Page<DeploymentRecord>>;
  getSummary(options?: CallOptions): Promise<FleetSummary>;
  getDeployment(name: string, options?: CallOptions): Promise<DeploymentDetail>;
  checkName(name: string, options?: CallOptions): Promise<NameAvailability>;
  register(
    name: string,
    request: RegisterRequest,
    options?: CallOptions,
  ): Promise<RegisterResponse>;
  unregister(name: string, options?: CallOptions): Promise<void>;
  /** Looks at the deployment now and answers with what was found. */
  refresh(name: string, options?: CallOptions): Promise<DeploymentDetail>;
  getArtifacts(name: string, options?: CallOptions): Promise<ArtifactTree>;
  getArtifactFile(
    name: string,
    path: string,
    options?: CallOptions,
  ): Promise<ArtifactFile>;
  getArtifactHistory(
    name: string,
    options?: CallOptions,
  ): Promise<{ items: ArtifactCommit[] }>;
}

/**
 * Client of the tracker's HTTP API, for browser and backend.
 *
 * @public
 */
export class CoderFleetClient implements CoderFleetApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    const fetchApi = options.fetchApi;
    this.#fetch = fetchApi
      ? (...args) => fetchApi.fetch(...args)
      : (...args) => fetch(...args);
  }

  listDeployments(
    query: DeploymentQuery = {},
    options?: CallOptions,
  ): Promise<Page<DeploymentSummary>> {
    return this.#json('GET', `/deployments${queryString(query)}`, options);
  }

  listRecords(
    query: DeploymentQuery = {},
    options?: CallOptions,
  ): Promise<Page<DeploymentRecord>> {
    return this.#json('GET', `/records${queryString(query)}`, options);
  }

  getSummary(options?: CallOptions): Promise<FleetSummary> {
    return this.#json('GET', '/summary', options);
  }

  getDeployment(
    name: string,
    options?: CallOptions,
  ): Promise<DeploymentDetail> {
    return this.#json('GET', deploymentPath(name), options);
  }

  checkName(name: string, options?: CallOptions): Promise<NameAvailability> {
    return this.#json('GET', `/names/${encodeURIComponent(name)}`, options);
  }

  register(
    name: string,
    request: RegisterRequest,
    options?: CallOptions,
  ): Promise<RegisterResponse> {
    return this.#json('PUT', deploymentPath(name), options, request);
  }

  async unregister(name: string, options?: CallOptions): Promise<void> {
    await this.#send('DELETE', deploymentPath(name), options);
  }

  refresh(name: string, options?: CallOptions): Promise<DeploymentDetail> {
    return this.#json('POST', `${deploymentPath(name)}/refresh`, options);
  }

  getArtifacts(name: string, options?: CallOptions): Promise<ArtifactTree> {
    return this.#json('GET', `${deploymentPath(name)}/artifacts`, options);
  }

  getArtifactFile(
    name: string,
    path: string,
    options?: CallOptions,
  ): Promise<ArtifactFile> {
    const query = new URLSearchParams({ path });
    return this.#json(
      'GET',
      `${deploymentPath(name)}/artifacts/file?${query}`,
      options,
    );
  }

  getArtifactHistory(
    name: string,
    options?: CallOptions,
  ): Promise<{ items: ArtifactCommit[] }> {
    return this.#json(
      'GET',
      `${deploymentPath(name)}/artifacts/history`,
      options,
    );
  }

  async #json<T>(
    method: string,
    path: string,
    options?: CallOptions,
    body?: unknown,
  ): Promise<T> {
    const response = await this.#send(method, path, options, body);
    return (await response.json()) as T;
  }

  async #send(
    method: string,
    path: string,
    options: CallOptions = {},
    body?: unknown,
  ): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl(PLUGIN_ID);
    const response = await this.#fetch(`${baseUrl}${path}`, {
      method,
      signal: options.signal,
      headers: {
        ...(options.token && { Authorization: `Bearer ${options.token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function deploymentPath(name: string): string {
  return `/deployments/${encodeURIComponent(name)}`;
}

function queryString(query: DeploymentQuery): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const item of values) {
      if (item !== undefined && item !== '') {
        params.append(key, String(item));
      }
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}
