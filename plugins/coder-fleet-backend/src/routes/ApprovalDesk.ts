import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  approvalOf,
  changedFields,
  type CoderDeployment,
  type CvaGeneration,
  deploymentApprovePermission,
  type PendingRequest,
  type PendingRequestApproval,
  plan as planOf,
  type RequestCheck,
  requestDigest,
  type RequestPolicy,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import type { Scope } from '../permissions/scope';
import type {
  ApprovalStore,
  GivenApproval,
  OwnApproval,
} from '../store/ApprovalStore';
import type { DeploymentStore } from '../store/DeploymentStore';
import { callerOf } from './caller';

/**
 * Where requests of business units that need an approval in the portal are asked for, looked at, approved and
 * let through.
 *
 * @internal
 */
export class ApprovalDesk {
  readonly #access: DeploymentAccess;
  readonly #approvals: ApprovalStore;
  readonly #deployments: Pick<DeploymentStore, 'get' | 'has'>;
  readonly #generation: CvaGeneration;
  readonly #policies: readonly RequestPolicy[];

  constructor(options: {
    access: DeploymentAccess;
    approvals: ApprovalStore;
    deployments: Pick<DeploymentStore, 'get' | 'has'>;
    generation: CvaGeneration;
    policies: readonly RequestPolicy[];
  }) {
    this.#access = options.access;
    this.#approvals = options.approvals;
    this.#deployments = options.deployments;
    this.#generation = options.generation;
    this.#policies = options.policies;
  }

  /**
   * Whether exactly this was approved; where it was not it is listed from then on. `undefined` when it needs
   * no approval. Throws a `NotAllowedError` to who approved it.
   */
  async ask(
    deployment: CoderDeployment,
    credentials: BackstageCredentials,
  ): Promise<RequestCheck['approval']> {
    if (!(await this.#isNeeded(deployment))) {
      return undefined;
    }
    const requestedBy = callerOf(credentials);
    const given = await this.#given(deployment, requestedBy);
    if (given) {
      const { approvedBy, comment } = given;
      return { state: 'given', approvedBy, ...(comment && { comment }) };
    }
    const { tier } = planOf(deployment, { generation: this.#generation });
    await this.#approvals.ask({
      asked: deployment,
      tier: tier.value,
      requestedBy,
    });
    return { state: 'requested' };
  }

  /** Throws a `NotAllowedError` when this needs an approval and exactly this has none. */
  async require(
    deployment: CoderDeployment,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { name } = deployment.metadata;
    if (
      (await this.#isNeeded(deployment)) &&
      !(await this.#given(deployment, callerOf(credentials)))
    ) {
      throw new NotAllowedError(
        `Exactly this was not approved for "${name}": ask for it with the template, and register it once ` +
          `somebody else has approved it on the page of the fleet`,
      );
    }
  }

  /** What waits for an approval that the caller may give, and what the caller asked for until it is registered. */
  async list(credentials: BackstageCredentials): Promise<PendingRequest[]> {
    const caller = callerOf(credentials);
    const scope = await this.#scope(credentials);
    const [own, inScope] = await Promise.all([
      this.#approvals.listOf(caller),
      this.#approvals.list(scope),
    ]);
    const others = inScope.filter(({ requestedBy }) => requestedBy !== caller);
    const shown = await Promise.all(
      others.map(async request =>
        (await this.#mayOnStored(request.asked.metadata.name, credentials))
          ? this.#toPending(request, { mayApprove: true, readable: 'all' })
          : [],
      ),
    );
    // The name may be somebody else's by now
    const readable = await this.#access.readScope(credentials);
    const listed = own.map(request =>
      this.#toPending(request, { mayApprove: false, readable }),
    );
    return [...(await Promise.all(listed)), ...shown.flat()];
  }

  /**
   * Approves what somebody else asked for. `false` when nothing waits that the caller may approve. Throws a
   * `NotAllowedError` to who asked for it, and a `ConflictError` when something else is asked for by now.
   */
  async approve(
    name: string,
    approval: PendingRequestApproval,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const scope = (await this.#mayOnStored(name, credentials))
      ? await this.#scope(credentials)
      : 'none';
    return this.#approvals.approve(name, {
      ...approval,
      scope,
      approvedBy: callerOf(credentials),
    });
  }

  /** Takes off the list what the caller asked for or may approve. `false` when there is nothing. */
  async dismiss(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    return (
      (await this.#approvals.withdraw(name, callerOf(credentials))) ||
      ((await this.#mayOnStored(name, credentials)) &&
        this.#approvals.dismiss(name, await this.#scope(credentials)))
    );
  }

  /** Exactly this is registered: its approval is spent. */
  async settle(deployment: CoderDeployment): Promise<void> {
    await this.#approvals.settle(deployment);
  }

  async #isNeeded(deployment: CoderDeployment): Promise<boolean> {
    const { metadata, spec } = deployment;
    const registered = await this.#deployments.get(metadata.name, 'all');
    // To leave a business unit is a change of it, too: else another unit would be the way around
    const units = [
      spec.businessUnit,
      ...(registered ? [registered.businessUnit] : []),
    ];
    return (
      units.some(unit => approvalOf(this.#policies, unit) === 'portal') &&
      !(
        registered &&
        requestDigest(registered.deployment) === requestDigest(deployment)
      )
    );
  }

  async #given(
    deployment: CoderDeployment,
    caller: string,
  ): Promise<GivenApproval | undefined> {
    const { name } = deployment.metadata;
    const approval = await this.#approvals.approved(name);
    if (approval?.digest !== requestDigest(deployment)) {
      return undefined;
    }
    if (approval.approvedBy === caller) {
      throw new NotAllowedError(
        `You approved the request for "${name}": it goes on for others, and not for you. Let who asked for it run it`,
      );
    }
    return approval;
  }

  #scope(credentials: BackstageCredentials) {
    return this.#access.scope(deploymentApprovePermission, credentials);
  }

  /** Of a registered one what is stored counts too: nobody gets a right by asking for another owner. */
  async #mayOnStored(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    return (
      !(await this.#deployments.has(name)) ||
      this.#access.may(deploymentApprovePermission, name, credentials)
    );
  }

  async #toPending(
    request: OwnApproval,
    options: { mayApprove: boolean; readable: Scope },
  ): Promise<PendingRequest> {
    const { mayApprove, readable } = options;
    const { asked, digest, tier, given, ...common } = request;
    const { metadata, spec } = asked;
    const registered = await this.#deployments.get(metadata.name, readable);
    return {
      ...common,
      deployment: metadata.name,
      rules: [],
      approval: {
        digest,
        displayName: spec.displayName,
        edition: spec.edition,
        tier,
        expectedUsers: spec.users.expected,
        regions: spec.regions.map(({ name }) => name),
        database: spec.database.type,
        accessUrl: spec.accessUrl,
        ...(registered && {
          changes: changedFields(registered.deployment, asked),
        }),
        mayApprove,
        ...(given && {
          given: {
            approvedBy: given.approvedBy,
            ...(given.comment && { comment: given.comment }),
          },
        }),
      },
    };
  }
}
