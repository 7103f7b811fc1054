import { ResponseError } from '@backstage/errors';
import { PLUGIN_ID } from '../annotations';
import type { StatementId } from '../cva/evidence';
import type { Waiver } from '../cva/waiver';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import type {
  ArtifactCommit,
  ArtifactFile,
  ArtifactTree,
  AttestationRequest,
  BackupsReport,
  CvaReport,
  DeploymentDetail,
  DeploymentQuery,
  DeploymentRecord,
  DeploymentSummary,
  FleetSummary,
  IssuedReportToken,
  NameAvailability,
  Page,
  PendingRequest,
  PendingRequestApproval,
  PendingRequestGrant,
  RegisterRequest,
  RegisterResponse,
  ReportToken,
  RequestCheck,
  UpgradeRequest,
  WaiverRequest,
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
  /** A page of the fleet: rows that the caller may read, and how many there are in all. */
  listDeployments(
    query?: DeploymentQuery,
    options?: CallOptions,
  ): Promise<Page<DeploymentSummary>>;
  /** Like `listDeployments`, with spec, plan and repository of each. */
  listRecords(
    query?: DeploymentQuery,
    options?: CallOptions,
  ): Promise<Page<DeploymentRecord>>;
  /** Counts by state, and the values that filters can take. */
  getSummary(options?: CallOptions): Promise<FleetSummary>;
  /** Everything about one deployment; `NotFoundError` when there is none that the caller may read. */
  getDeployment(name: string, options?: CallOptions): Promise<DeploymentDetail>;
  /** Whether a name is free. Says nothing about who has it. */
  checkName(name: string, options?: CallOptions): Promise<NameAvailability>;
  /** Registers a deployment, or changes what is registered; `ConflictError` when name or access URL is taken. */
  register(
    name: string,
    request: RegisterRequest,
    options?: CallOptions,
  ): Promise<RegisterResponse>;
  /** Takes a deployment off the registry. What runs is not touched. */
  unregister(name: string, options?: CallOptions): Promise<void>;
  /** Looks at the deployment now and answers with what was found. */
  refresh(name: string, options?: CallOptions): Promise<DeploymentDetail>;
  /**
   * Starts a deployment whose pull request was merged; `ConflictError` when it waits for none, or when its
   * repository can be read and does not have it.
   */
  confirmMerged(name: string, options?: CallOptions): Promise<void>;
  /** Declares an upgrade: until its end the state is `upgrading`. */
  declareUpgrade(
    name: string,
    request: UpgradeRequest,
    options?: CallOptions,
  ): Promise<void>;
  /** Ends a declared upgrade. */
  endUpgrade(name: string, options?: CallOptions): Promise<void>;
  /** What the rules say, with waivers and attestations. */
  getCva(name: string, options?: CallOptions): Promise<CvaReport>;
  /** Accepts a deviation for a time. */
  grantWaiver(
    name: string,
    request: WaiverRequest,
    options?: CallOptions,
  ): Promise<Waiver>;
  /** Takes a waiver back. */
  revokeWaiver(name: string, id: string, options?: CallOptions): Promise<void>;
  /**
   * Judges a request before anything is made of it. Where it has to wait for a waiver or an approval, those
   * who may give it see the request from then on.
   */
  checkRequest(
    deployment: CoderDeployment,
    options?: CallOptions & {
      /** Other deployments that are asked for the same unit together with it, by name: they count, too. */
      alongside?: readonly string[];
    },
  ): Promise<RequestCheck>;
  /**
   * Requests that wait for a waiver or an approval which the caller may give, and the caller's own that wait
   * for an approval or were approved and are not registered yet.
   */
  listPendingRequests(
    options?: CallOptions,
  ): Promise<{ items: PendingRequest[] }>;
  /** Accepts all deviations of a request for a time. */
  grantPendingRequest(
    name: string,
    grant: PendingRequestGrant,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Approves exactly what somebody else asked for; `ConflictError` when something else is asked for by now.
   */
  approvePendingRequest(
    name: string,
    approval: PendingRequestApproval,
    options?: CallOptions,
  ): Promise<void>;
  /** Takes a request off the list, unanswered, with what was given. Also one of the caller's own. */
  dismissPendingRequest(name: string, options?: CallOptions): Promise<void>;
  /** How the deployment stands with its backups: records and drills. */
  getBackups(name: string, options?: CallOptions): Promise<BackupsReport>;
  /** The tokens with which backup jobs of the deployment may report. */
  listReportTokens(
    name: string,
    options?: CallOptions,
  ): Promise<{ items: ReportToken[] }>;
  /** Issues a token; it is told this once. At most two are valid at a time. */
  issueReportToken(
    name: string,
    options?: CallOptions,
  ): Promise<IssuedReportToken>;
  /** Makes a token worthless. */
  revokeReportToken(
    name: string,
    id: string,
    options?: CallOptions,
  ): Promise<void>;
  /** Says whether a statement holds. */
  attest(
    name: string,
    statement: StatementId,
    request: AttestationRequest,
    options?: CallOptions,
  ): Promise<void>;
  /** Takes back what was said of a statement. */
  withdrawAttestation(
    name: string,
    statement: StatementId,
    options?: CallOptions,
  ): Promise<void>;
  /** Files of the repository, each compared with what was rendered. */
  getArtifacts(name: string, options?: CallOptions): Promise<ArtifactTree>;
  /** Text of one file. */
  getArtifactFile(
    name: string,
    path: string,
    options?: CallOptions,
  ): Promise<ArtifactFile>;
  /** Commits of the repository, newest first. */
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

  /** {@inheritdoc CoderFleetApi.listDeployments} */
  listDeployments(
    query: DeploymentQuery = {},
    options?: CallOptions,
  ): Promise<Page<DeploymentSummary>> {
    return this.#json('GET', `/deployments${queryString(query)}`, options);
  }

  /** {@inheritdoc CoderFleetApi.listRecords} */
  listRecords(
    query: DeploymentQuery = {},
    options?: CallOptions,
  ): Promise<Page<DeploymentRecord>> {
    return this.#json('GET', `/records${queryString(query)}`, options);
  }

  /** {@inheritdoc CoderFleetApi.getSummary} */
  getSummary(options?: CallOptions): Promise<FleetSummary> {
    return this.#json('GET', '/summary', options);
  }

  /** {@inheritdoc CoderFleetApi.getDeployment} */
  getDeployment(
    name: string,
    options?: CallOptions,
  ): Promise<DeploymentDetail> {
    return this.#json('GET', deploymentPath(name), options);
  }

  /** {@inheritdoc CoderFleetApi.checkName} */
  checkName(name: string, options?: CallOptions): Promise<NameAvailability> {
    return this.#json('GET', `/names/${encodeURIComponent(name)}`, options);
  }

  /** {@inheritdoc CoderFleetApi.register} */
  register(
    name: string,
    request: RegisterRequest,
    options?: CallOptions,
  ): Promise<RegisterResponse> {
    return this.#json('PUT', deploymentPath(name), options, request);
  }

  /** {@inheritdoc CoderFleetApi.unregister} */
  async unregister(name: string, options?: CallOptions): Promise<void> {
    await this.#send('DELETE', deploymentPath(name), options);
  }

  /** {@inheritdoc CoderFleetApi.refresh} */
  refresh(name: string, options?: CallOptions): Promise<DeploymentDetail> {
    return this.#json('POST', `${deploymentPath(name)}/refresh`, options);
  }

  /** {@inheritdoc CoderFleetApi.confirmMerged} */
  async confirmMerged(name: string, options?: CallOptions): Promise<void> {
    await this.#send('POST', `${deploymentPath(name)}/merged`, options);
  }

  /** {@inheritdoc CoderFleetApi.declareUpgrade} */
  async declareUpgrade(
    name: string,
    request: UpgradeRequest,
    options?: CallOptions,
  ): Promise<void> {
    await this.#send(
      'PUT',
      `${deploymentPath(name)}/upgrade-window`,
      options,
      request,
    );
  }

  /** {@inheritdoc CoderFleetApi.endUpgrade} */
  async endUpgrade(name: string, options?: CallOptions): Promise<void> {
    await this.#send(
      'DELETE',
      `${deploymentPath(name)}/upgrade-window`,
      options,
    );
  }

  /** {@inheritdoc CoderFleetApi.getCva} */
  getCva(name: string, options?: CallOptions): Promise<CvaReport> {
    return this.#json('GET', `${deploymentPath(name)}/cva`, options);
  }

  /** {@inheritdoc CoderFleetApi.grantWaiver} */
  grantWaiver(
    name: string,
    request: WaiverRequest,
    options?: CallOptions,
  ): Promise<Waiver> {
    return this.#json(
      'POST',
      `${deploymentPath(name)}/waivers`,
      options,
      request,
    );
  }

  /** {@inheritdoc CoderFleetApi.revokeWaiver} */
  async revokeWaiver(
    name: string,
    id: string,
    options?: CallOptions,
  ): Promise<void> {
    await this.#send(
      'DELETE',
      `${deploymentPath(name)}/waivers/${encodeURIComponent(id)}`,
      options,
    );
  }

  /** {@inheritdoc CoderFleetApi.checkRequest} */
  checkRequest(
    deployment: CoderDeployment,
    options: CallOptions & { alongside?: readonly string[] } = {},
  ): Promise<RequestCheck> {
    const { alongside, ...call } = options;
    const path = `${requestPath(deployment.metadata.name)}/check`;
    return this.#json('POST', path, call, {
      deployment,
      ...(alongside && { alongside }),
    });
  }

  /** {@inheritdoc CoderFleetApi.listPendingRequests} */
  listPendingRequests(
    options?: CallOptions,
  ): Promise<{ items: PendingRequest[] }> {
    return this.#json('GET', '/requests', options);
  }

  /** {@inheritdoc CoderFleetApi.grantPendingRequest} */
  async grantPendingRequest(
    name: string,
    grant: PendingRequestGrant,
    options?: CallOptions,
  ): Promise<void> {
    await this.#send('POST', `${requestPath(name)}/grant`, options, grant);
  }

  /** {@inheritdoc CoderFleetApi.approvePendingRequest} */
  async approvePendingRequest(
    name: string,
    approval: PendingRequestApproval,
    options?: CallOptions,
  ): Promise<void> {
    await this.#send('POST', `${requestPath(name)}/approve`, options, approval);
  }

  /** {@inheritdoc CoderFleetApi.dismissPendingRequest} */
  async dismissPendingRequest(
    name: string,
    options?: CallOptions,
  ): Promise<void> {
    await this.#send('DELETE', requestPath(name), options);
  }

  /** {@inheritdoc CoderFleetApi.getBackups} */
  getBackups(name: string, options?: CallOptions): Promise<BackupsReport> {
    return this.#json('GET', `${deploymentPath(name)}/backups`, options);
  }

  /** {@inheritdoc CoderFleetApi.listReportTokens} */
  listReportTokens(
    name: string,
    options?: CallOptions,
  ): Promise<{ items: ReportToken[] }> {
    return this.#json('GET', `${deploymentPath(name)}/report-tokens`, options);
  }

  /** {@inheritdoc CoderFleetApi.issueReportToken} */
  issueReportToken(
    name: string,
    options?: CallOptions,
  ): Promise<IssuedReportToken> {
    return this.#json('POST', `${deploymentPath(name)}/report-tokens`, options);
  }

  /** {@inheritdoc CoderFleetApi.revokeReportToken} */
  async revokeReportToken(
    name: string,
    id: string,
    options?: CallOptions,
  ): Promise<void> {
    await this.#send(
      'DELETE',
      `${deploymentPath(name)}/report-tokens/${encodeURIComponent(id)}`,
      options,
    );
  }

  /** {@inheritdoc CoderFleetApi.attest} */
  async attest(
    name: string,
    statement: StatementId,
    request: AttestationRequest,
    options?: CallOptions,
  ): Promise<void> {
    await this.#send('PUT', attestationPath(name, statement), options, request);
  }

  /** {@inheritdoc CoderFleetApi.withdrawAttestation} */
  async withdrawAttestation(
    name: string,
    statement: StatementId,
    options?: CallOptions,
  ): Promise<void> {
    await this.#send('DELETE', attestationPath(name, statement), options);
  }

  /** {@inheritdoc CoderFleetApi.getArtifacts} */
  getArtifacts(name: string, options?: CallOptions): Promise<ArtifactTree> {
    return this.#json('GET', `${deploymentPath(name)}/artifacts`, options);
  }

  /** {@inheritdoc CoderFleetApi.getArtifactFile} */
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

  /** {@inheritdoc CoderFleetApi.getArtifactHistory} */
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

function requestPath(name: string): string {
  return `/requests/${encodeURIComponent(name)}`;
}

function deploymentPath(name: string): string {
  return `/deployments/${encodeURIComponent(name)}`;
}

function attestationPath(name: string, statement: StatementId): string {
  return `${deploymentPath(name)}/attestations/${encodeURIComponent(statement)}`;
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
