import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import type { ConditionTransformer } from '@backstage/plugin-permission-node';
import {
  deploymentCreatePermission,
  deploymentReadPermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentStore } from '../store/DeploymentStore';
import { deploymentResourceRef } from './rules';
import type { DeploymentFilter, Scope } from './scope';

/**
 * Decides what a caller may see and do. The same scope goes into every list, count and single read.
 *
 * @internal
 */
export class DeploymentAccess {
  readonly #permissions: PermissionsService;
  readonly #permissionsRegistry: PermissionsRegistryService;
  readonly #store: Pick<DeploymentStore, 'isInScope'>;
  #transformer?: ConditionTransformer<DeploymentFilter>;

  constructor(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    store: Pick<DeploymentStore, 'isInScope'>;
  }) {
    this.#permissions = options.permissions;
    this.#permissionsRegistry = options.permissionsRegistry;
    this.#store = options.store;
  }

  /** The deployments that the caller may read. */
  readScope(credentials: BackstageCredentials): Promise<Scope> {
    return this.scope(deploymentReadPermission, credentials);
  }

  /** Like {@link DeploymentAccess.readScope}, for lists: throws a `NotAllowedError` when it is none at all. */
  async listScope(credentials: BackstageCredentials): Promise<Scope> {
    const scope = await this.readScope(credentials);
    if (scope === 'none') {
      throw new NotAllowedError('You may not read Coder deployments');
    }
    return scope;
  }

  /** Throws a `NotAllowedError`. */
  async requireCreate(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: deploymentCreatePermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('You may not register Coder deployments');
    }
  }

  /**
   * Requires a permission on one deployment. Who may not read it learns that there is none
   * (`NotFoundError`); who may only read it gets a `NotAllowedError`.
   */
  async require(
    permission: ResourcePermission,
    name: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.may(deploymentReadPermission, name, credentials))) {
      throw new NotFoundError(`No deployment "${name}" is registered`);
    }
    if (!(await this.may(permission, name, credentials))) {
      const { action } = permission.attributes;
      throw new NotAllowedError(
        `You may not ${action ?? 'do that with'} "${name}"`,
      );
    }
  }

  /** Whether the caller has a permission on a deployment that exists. */
  async may(
    permission: ResourcePermission,
    name: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const scope = await this.scope(permission, credentials);
    return scope !== 'none' && this.#store.isInScope(name, scope);
  }

  /** The deployments on which the caller has a permission. */
  async scope(
    permission: ResourcePermission,
    credentials: BackstageCredentials,
  ): Promise<Scope> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return 'all';
      case AuthorizeResult.CONDITIONAL:
        return this.#transform(decision.conditions);
      default:
        return 'none';
    }
  }

  /** Rules are known only after all plugins are wired, so this waits for the first decision. */
  #transform(
    conditions: Parameters<ConditionTransformer<DeploymentFilter>>[0],
  ): Scope {
    this.#transformer ??= createConditionTransformer(
      this.#permissionsRegistry.getPermissionRuleset(deploymentResourceRef),
    );
    return this.#transformer(conditions);
  }
}
