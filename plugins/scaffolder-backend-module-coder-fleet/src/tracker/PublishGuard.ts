import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  ResponseError,
} from '@backstage/errors';
import {
  type CallOptions,
  type CoderDeployment,
  type CoderFleetApi,
  type DeploymentDetail,
  type RepositoryRef,
  deploymentUpdatePermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { trackerFailure } from './trackerFailure';
import { trackerToken } from './trackerToken';

/** Rows that are looked through for an access URL; the most that the API gives. */
const MAX_ROWS = 500;

/**
 * Asks before anything is written whether registering will be allowed: what is in Git may be
 * deployed, so that a commit without a registration would be a job half done.
 *
 * @internal
 */
export class PublishGuard {
  readonly #client: PublishGuardClient;
  readonly #auth: AuthService;
  readonly #permissions: PermissionsService;

  constructor(options: {
    client: PublishGuardClient;
    auth: AuthService;
    permissions: PermissionsService;
  }) {
    this.#client = options.client;
    this.#auth = options.auth;
    this.#permissions = options.permissions;
  }

  /**
   * Throws a `ConflictError` when name or access URL belong to another deployment, a
   * `NotAllowedError` when the person may not change this one, and a `ForwardedError` when the
   * tracker refuses the name or cannot be asked. Answers whether the deployment is registered with this
   * repository.
   */
  async check(request: {
    deployment: CoderDeployment;
    repository: RepositoryRef;
    credentials: BackstageCredentials;
    signal?: AbortSignal;
  }): Promise<{ isRegisteredHere: boolean }> {
    const { deployment, repository, credentials, signal } = request;
    const { name } = deployment.metadata;
    const call = {
      token: await trackerToken(this.#auth, credentials),
      ...(signal && { signal }),
    };
    const registered = await this.#find(name, call);
    if (registered) {
      assertSameRepository(registered, repository);
      await this.#assertMayChange(name, credentials);
    } else {
      await this.#assertFree(name, call);
    }
    await this.#assertOwnAccessUrl(deployment, signal);
    return { isRegisteredHere: registered?.repository !== undefined };
  }

  async #find(
    name: string,
    call: CallOptions,
  ): Promise<DeploymentDetail | undefined> {
    try {
      return await this.#client.getDeployment(name, call);
    } catch (error) {
      if (error instanceof ResponseError && error.response.status === 404) {
        return undefined;
      }
      throw trackerFailure(`Deployment ${name} could not be looked up`, error);
    }
  }

  async #assertMayChange(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: deploymentUpdatePermission, resourceRef: name }],
      { credentials },
    );
    const result: string = decision.result;
    if (result !== 'ALLOW') {
      throw new NotAllowedError(
        `You may not change the deployment ${name}, which is registered already`,
      );
    }
  }

  /** The tracker refuses to answer those who may not register. */
  async #assertFree(name: string, call: CallOptions): Promise<void> {
    const { available } = await this.#client
      .checkName(name, call)
      .catch(error => {
        throw trackerFailure(`${name} cannot be registered`, error);
      });
    if (!available) {
      throw new ConflictError(`The name ${name} is taken`);
    }
  }

  /**
   * Looks at all deployments, also at those that the person may not see, as registering does; and
   * like that it tells no more than that the access URL is taken.
   */
  async #assertOwnAccessUrl(
    { metadata, spec }: CoderDeployment,
    signal?: AbortSignal,
  ): Promise<void> {
    const token = await trackerToken(
      this.#auth,
      await this.#auth.getOwnServiceCredentials(),
    );
    const { origin } = new URL(spec.accessUrl);
    const { items } = await this.#client
      .listDeployments(
        { search: origin, limit: MAX_ROWS },
        { token, ...(signal && { signal }) },
      )
      .catch(error => {
        throw trackerFailure('The access URL could not be checked', error);
      });
    const other = items.find(
      ({ accessUrl, name }) =>
        name !== metadata.name && new URL(accessUrl).origin === origin,
    );
    if (other) {
      throw new ConflictError(
        `${origin} is the access URL of another deployment`,
      );
    }
  }
}

/**
 * What the guard asks the tracker.
 *
 * @internal
 */
export type PublishGuardClient = Pick<
  CoderFleetApi,
  'checkName' | 'getDeployment' | 'listDeployments'
>;

function assertSameRepository(
  { name, repository }: DeploymentDetail,
  wanted: RepositoryRef,
): void {
  if (
    repository &&
    (repository.type !== wanted.type || repository.location !== wanted.location)
  ) {
    throw new ConflictError(
      `The name ${name} is taken by a deployment from another repository`,
    );
  }
}
