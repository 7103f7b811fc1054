import { systemClock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  Clock,
  EntitlementsFact,
  HealthFact,
  ReachabilityFact,
  ReplicasFact,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { CredentialLookup } from '../credentials/CredentialStore';
import { normalizeOrigin } from '../credentials/origin';
import type { HttpClient } from '../http/HttpClient';
import type { CoderAttempt } from './attempt';
import { callEndpoint } from './callEndpoint';
import type { CoderCallOptions } from './callEndpoint';
import type {
  ProvisionerDaemon,
  ProvisionerJob,
  ProvisionerKey,
} from './provisioningTypes';
import type {
  Appearance,
  AuthCheck,
  AuthMethods,
  DeploymentStats,
  Organization,
  ServerLicense,
  ServerOption,
  ServerTemplate,
  ServerTemplateVersion,
  ServerToken,
  ServerUser,
  UpdateCheck,
  WorkspaceProxy,
} from './types';
import { appearanceEndpoint } from './wire/appearance';
import { authCheckEndpoint } from './wire/authCheck';
import { authMethodsEndpoint } from './wire/authMethods';
import { buildInfoEndpoint } from './wire/buildInfo';
import { countEndpoint } from './wire/counts';
import { currentUserEndpoint } from './wire/currentUser';
import { deploymentStatsEndpoint } from './wire/deploymentStats';
import type { Endpoint } from './wire/endpoint';
import { entitlementsEndpoint } from './wire/entitlements';
import { healthEndpoint } from './wire/health';
import { dismissedHealthChecksEndpoint } from './wire/healthSettings';
import { healthzEndpoint } from './wire/healthz';
import { licensesEndpoint } from './wire/licenses';
import { organizationsEndpoint } from './wire/organizations';
import { daemonsEndpoint } from './wire/provisionerDaemons';
import { provisionerJobsEndpoint } from './wire/provisionerJobs';
import { provisionerKeysEndpoint } from './wire/provisionerKeys';
import { replicasEndpoint } from './wire/replicas';
import { serverOptionsEndpoint } from './wire/serverOptions';
import { templatesEndpoint } from './wire/templates';
import { templateVersionEndpoint } from './wire/templateVersions';
import { tokenConfigEndpoint, tokensEndpoint } from './wire/tokens';
import { updateCheckEndpoint } from './wire/updateCheck';
import { workspaceProxiesEndpoint } from './wire/workspaceProxies';

/**
 * Which deployment, as `https://coder.example.com`, and what calls to it go through.
 *
 * @public
 */
export type CoderClientOptions = {
  origin: string;
  http: HttpClient;
  credentials: CredentialLookup;
  clock?: Clock;
};

/**
 * The API of the Coder deployment at one origin. Every method tells what happened instead of throwing;
 * only an aborted signal rejects. The token is the one that the store has for this very origin, is sent as
 * `Coder-Session-Token`, and to routes that need one only.
 *
 * @public
 */
export class CoderClient {
  /** Normalised. */
  readonly origin: string;
  readonly #http: HttpClient;
  readonly #credentials: CredentialLookup;
  readonly #clock: Clock;

  private constructor(options: CoderClientOptions) {
    this.origin = normalizeOrigin(options.origin);
    this.#http = options.http;
    this.#credentials = options.credentials;
    this.#clock = options.clock ?? systemClock;
  }

  /** Throws an `InputError` when `origin` is none. */
  static create(options: CoderClientOptions): CoderClient {
    return new CoderClient(options);
  }

  /** Who answers, and in which version. Anonymous. */
  async buildInfo(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<ReachabilityFact>> {
    return this.#call(buildInfoEndpoint, options);
  }

  /** Whether the process lives; says nothing about its database. Anonymous. */
  async healthz(options: CoderCallOptions = {}): Promise<CoderAttempt<true>> {
    return this.#call(healthzEndpoint(this.origin), options);
  }

  /** What the server itself knows of newer releases: nothing unless it was told to look. Anonymous. */
  async updateCheck(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<UpdateCheck>> {
    return this.#call(updateCheckEndpoint, options);
  }

  /** How people sign in. Anonymous. */
  async authMethods(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<AuthMethods>> {
    return this.#call(authMethodsEndpoint, options);
  }

  /**
   * Coder's own health; needs the token of an Owner. Coder repeats its last report for 10 minutes unless
   * `force` makes it check again, which takes up to half a minute and loads the server.
   */
  async health(
    options: CoderCallOptions & { force?: boolean } = {},
  ): Promise<CoderAttempt<HealthFact>> {
    return this.#call(healthEndpoint(options.force ?? false), options);
  }

  /** Names of the sections of the health report that were dismissed, `AccessURL`; for Owners. */
  async dismissedHealthChecks(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<string[]>> {
    return this.#call(dismissedHealthChecksEndpoint, options);
  }

  /** Replicas of the control plane; needs the token of an Owner and a licence. */
  async replicas(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<ReplicasFact>> {
    return this.#call(replicasEndpoint, options);
  }

  /** Licence and features. */
  async entitlements(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<EntitlementsFact>> {
    return this.#call(entitlementsEndpoint, options);
  }

  /**
   * Licences, for Owners. To other users Coder answers as if there were none: compare with `hasLicense` of
   * the entitlements.
   */
  async licenses(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<ServerLicense[]>> {
    return this.#call(licensesEndpoint, options);
  }

  /** How much it is used; for Auditors. An error in the first seconds of a server. */
  async deploymentStats(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<DeploymentStats>> {
    return this.#call(deploymentStatsEndpoint, options);
  }

  /** Options of the server and where their values come from; for Auditors. */
  async serverOptions(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<ServerOption[]>> {
    return this.#call(serverOptionsEndpoint, options);
  }

  /** Support links and banners; for every user. */
  async appearance(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<Appearance>> {
    return this.#call(appearanceEndpoint, options);
  }

  /** Workspace proxies and the primary; for every user, with a licence. */
  async workspaceProxies(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<WorkspaceProxy[]>> {
    return this.#call(workspaceProxiesEndpoint, options);
  }

  /** Organizations that the token may see. */
  async organizations(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<Organization[]>> {
    return this.#call(organizationsEndpoint, options);
  }

  /**
   * Up to 1,000 provisioner daemons of an organization; for Template Admins. `offline` brings those that
   * are gone, too; servers that do not know it answer with an error.
   */
  async provisionerDaemons(
    organization: string,
    options: CoderCallOptions & { offline?: boolean } = {},
  ): Promise<CoderAttempt<ProvisionerDaemon[]>> {
    return this.#call(daemonsEndpoint(organization, options), options);
  }

  /** Up to 1,000 jobs of an organization's provisioners, by `status` if given; for Template Admins. */
  async provisionerJobs(
    organization: string,
    options: CoderCallOptions & { status?: readonly string[] } = {},
  ): Promise<CoderAttempt<ProvisionerJob[]>> {
    return this.#call(provisionerJobsEndpoint(organization, options), options);
  }

  /** Keys of external provisioners; for Template Admins, with a licence. */
  async provisionerKeys(
    organization: string,
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<ProvisionerKey[]>> {
    return this.#call(provisionerKeysEndpoint(organization), options);
  }

  /** Templates of all organizations that the token may see. */
  async templates(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<ServerTemplate[]>> {
    return this.#call(templatesEndpoint, options);
  }

  /** A version of a template by its id. */
  async templateVersion(
    id: string,
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<ServerTemplateVersion>> {
    return this.#call(templateVersionEndpoint(id), options);
  }

  /** How many users a search as `status:active` finds; all without one. For Auditors. */
  async userCount(
    options: CoderCallOptions & { search?: string } = {},
  ): Promise<CoderAttempt<number>> {
    return this.#call(countEndpoint('users', options.search), options);
  }

  /**
   * How many workspaces a search as `status:running` finds; all without one. A token that may not read
   * the workspaces of others counts its own, and Coder does not say so.
   */
  async workspaceCount(
    options: CoderCallOptions & { search?: string } = {},
  ): Promise<CoderAttempt<number>> {
    return this.#call(countEndpoint('workspaces', options.search), options);
  }

  /** What the token may do, by the names of the checks. */
  async authCheck<Name extends string>(
    checks: Readonly<Record<Name, AuthCheck>>,
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<Partial<Record<Name, boolean>>>> {
    return this.#call(authCheckEndpoint(checks), options);
  }

  /** Whose token it is. */
  async currentUser(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<ServerUser>> {
    return this.#call(currentUserEndpoint, options);
  }

  /** API tokens of the token's own user, with the time when they end. */
  async tokens(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<ServerToken[]>> {
    return this.#call(tokensEndpoint, options);
  }

  /** How long a token of the token's own user may live, in milliseconds. */
  async tokenConfig(
    options: CoderCallOptions = {},
  ): Promise<CoderAttempt<{ maxTokenLifetimeMs?: number }>> {
    return this.#call(tokenConfigEndpoint, options);
  }

  #call<T>(
    endpoint: Endpoint<T>,
    { signal }: CoderCallOptions,
  ): Promise<CoderAttempt<T>> {
    return callEndpoint(endpoint, {
      origin: this.origin,
      http: this.#http,
      token: this.#credentials.get(this.origin, 'tracker'),
      clock: this.#clock,
      signal,
    });
  }
}
