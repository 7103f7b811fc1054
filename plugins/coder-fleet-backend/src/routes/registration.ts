import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  isError,
} from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  deploymentReadPermission,
  deploymentUpdatePermission,
  parseDeployment,
  plan,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  PlanOptions,
  RegisteredRepository,
  RegisterResponse,
  RepositoryRef,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { publishChange } from '../events';
import type { ArtifactReader } from '../artifacts/ArtifactReader';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { PendingRequestStore } from '../store/PendingRequestStore';
import type { DeploymentStore } from '../store/DeploymentStore';
import { normalizeOwner } from '../store/rows';
import type { Registration } from '../store/rows';
import type { ApprovalDesk } from './ApprovalDesk';
import type { MergeGate } from './MergeGate';

/**
 * Checks what a caller wants to register. Throws an `InputError` that names everything that is wrong.
 *
 * @internal
 */
export function parseRegistration(
  name: string,
  body: { deployment: unknown; repository?: RegisteredRepository },
  options: PlanOptions = {},
): Registration {
  const deployment = parseDeployment(body.deployment);
  if (deployment.metadata.name !== name) {
    throw new InputError(
      `metadata.name: "${deployment.metadata.name}" is not the name in the path, "${name}"`,
    );
  }
  const { repository, pullRequest } = splitRepository(body.repository);
  if (repository) {
    requireUsableRepository(name, repository);
  }
  if (pullRequest !== undefined) {
    requireWebUrl('repository.pullRequest', pullRequest);
  }
  return {
    deployment,
    plan: plan(deployment, options),
    ...(repository && { repository }),
    ...(pullRequest !== undefined && { pullRequest }),
  };
}

/** Where it is, and what brings it there: the second changes while the first stays. */
function splitRepository(registered: RegisteredRepository | undefined): {
  repository?: RepositoryRef;
  pullRequest?: string;
} {
  if (!registered) {
    return {};
  }
  const { pullRequest, ...repository } = registered;
  return { repository, pullRequest };
}

function requireUsableRepository(name: string, repository: RepositoryRef) {
  const { type, location } = repository;
  if (type === 'directory') {
    // Otherwise the artifacts of any deployment could be read by registering one more
    if (location !== name) {
      throw new InputError(
        `repository.location: "${location}" is not the name of the deployment, "${name}"`,
      );
    }
    return;
  }
  requireWebUrl('repository.location', location);
}

function requireWebUrl(field: string, text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(`${field}: a URL must begin with https:// or http://`);
  }
  if (url.username || url.password) {
    throw new InputError(`${field}: a URL must not contain a user or password`);
  }
}

/**
 * Registers a deployment, or changes what is registered of it.
 *
 * @internal
 */
export class Registrar {
  readonly #deployments: Pick<DeploymentStore, 'create' | 'update' | 'get'>;
  readonly #artifacts: Pick<ArtifactReader, 'deployment'>;
  readonly #access: DeploymentAccess;
  readonly #approvalDesk: Pick<ApprovalDesk, 'require' | 'settle'>;
  readonly #mergeGate: Pick<MergeGate, 'require'>;
  readonly #events: EventsService;
  readonly #onDue: () => void;
  readonly #pending: Pick<PendingRequestStore, 'settle'>;

  constructor(options: {
    deployments: Pick<DeploymentStore, 'create' | 'update' | 'get'>;
    artifacts: Pick<ArtifactReader, 'deployment'>;
    access: DeploymentAccess;
    approvalDesk: Pick<ApprovalDesk, 'require' | 'settle'>;
    mergeGate: Pick<MergeGate, 'require'>;
    events: EventsService;
    pendingRequests: Pick<PendingRequestStore, 'settle'>;
    /** Called when there is something to poll at once. */
    onDue: () => void;
  }) {
    this.#deployments = options.deployments;
    this.#artifacts = options.artifacts;
    this.#access = options.access;
    this.#approvalDesk = options.approvalDesk;
    this.#mergeGate = options.mergeGate;
    this.#events = options.events;
    this.#onDue = options.onDue;
    this.#pending = options.pendingRequests;
  }

  /**
   * Throws a `NotAllowedError`, also when it needs an approval and exactly this has none; a `ConflictError` when
   * name, access URL or repository belong to another one, or when it has to be merged first; and an `InputError`
   * when it needs a pull request.
   */
  async register(
    registration: Registration,
    credentials: BackstageCredentials,
  ): Promise<RegisterResponse> {
    const { deployment } = registration;
    const { name } = deployment.metadata;
    const before = await this.#deployments.get(name, 'all');
    const created = !before;
    if (created) {
      await this.#access.requireCreate(credentials);
      await this.#approvalDesk.require(deployment, credentials);
      await this.#requireOwnRepository(registration);
      await this.#mergeGate.require(registration, before);
      await this.#deployments.create(registration);
      await this.#changed(name, 'registered');
    } else {
      await this.#requireUpdate(name, credentials);
      await this.#approvalDesk.require(deployment, credentials);
      if (!before.repository) {
        await this.#requireOwnRepository(registration);
      }
      await this.#mergeGate.require(registration, before);
      if (await this.#deployments.update(registration)) {
        await this.#changed(name, 'updated');
      }
    }
    await this.#pending.settle(name);
    await this.#approvalDesk.settle(deployment);
    const entityRef = stringifyEntityRef({ kind: 'System', name });
    return { name, created, entityRef };
  }

  /** Requires what {@link Registrar.register} will, but an approval. Throws a `NotAllowedError`, or a `ConflictError`. */
  async requireMayRegister(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await ((await this.#deployments.get(name, 'all'))
      ? this.#requireUpdate(name, credentials)
      : this.#access.requireCreate(credentials));
  }

  async #requireUpdate(name: string, credentials: BackstageCredentials) {
    const may = this.#access.may.bind(this.#access);
    if (!(await may(deploymentReadPermission, name, credentials))) {
      // Who may register at all learns no more than that the name is not free
      await this.#access.requireCreate(credentials);
      throw new ConflictError(`The name "${name}" is taken`);
    }
    if (!(await may(deploymentUpdatePermission, name, credentials))) {
      throw new NotAllowedError(
        `You may not change "${name}", which is registered already`,
      );
    }
  }

  /** A repository outlives its registration: who takes the name must not get what others left there. */
  async #requireOwnRepository({ deployment, repository }: Registration) {
    const { name } = deployment.metadata;
    const { owner } = deployment.spec;
    const kept = await this.#artifacts
      .deployment({ name, repository })
      .catch(error => {
        // What is wrong with it is not for the caller, who may be somebody else
        const unreadable = isError(error) && error.name === 'InputError';
        throw unreadable ? repositoryTaken(name) : error;
      });
    if (kept && normalizeOwner(kept.spec.owner) !== normalizeOwner(owner)) {
      throw repositoryTaken(name);
    }
  }

  async #changed(name: string, change: 'registered' | 'updated') {
    this.#onDue();
    await publishChange(this.#events, { name, change });
  }
}

function repositoryTaken(name: string): ConflictError {
  return new ConflictError(
    `A repository of this name exists and belongs to somebody else: ask an administrator to move "${name}" away, or take another name`,
  );
}
