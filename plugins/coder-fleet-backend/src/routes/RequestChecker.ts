import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  blockingFindings,
  type Clock,
  type CvaGeneration,
  evaluate,
  type Finding,
  plan as planOf,
  refusedFindings,
  render,
  requestEvidence,
  DeploymentInputError,
  type RequestPolicy,
  requestPolicyProblems,
  type RequestCheck,
  type RequestDecision,
  waiverCreatePermission,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { CoderDeployment } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { DeploymentAccess } from '../permissions/DeploymentAccess';
import { isWithin } from '../permissions/scope';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { PendingRequestStore } from '../store/PendingRequestStore';
import { normalizeOwner } from '../store/rows';
import type { WaiverStore } from '../store/WaiverStore';
import type { ApprovalDesk } from './ApprovalDesk';
import { callerOf } from './caller';

/**
 * Judges requests before anything is made of them.
 *
 * @internal
 */
export class RequestChecker {
  readonly #access: DeploymentAccess;
  readonly #approvalDesk: Pick<ApprovalDesk, 'ask'>;
  readonly #deployments: Pick<DeploymentStore, 'has' | 'countOthers'>;
  readonly #pending: PendingRequestStore;
  readonly #waivers: Pick<WaiverStore, 'list'>;
  readonly #clock: Clock;
  readonly #generation: CvaGeneration;
  readonly #policies: readonly RequestPolicy[];

  constructor(options: {
    access: DeploymentAccess;
    approvalDesk: Pick<ApprovalDesk, 'ask'>;
    deployments: Pick<DeploymentStore, 'has' | 'countOthers'>;
    pendingRequests: PendingRequestStore;
    waivers: Pick<WaiverStore, 'list'>;
    clock: Clock;
    generation: CvaGeneration;
    policies: readonly RequestPolicy[];
  }) {
    this.#access = options.access;
    this.#approvalDesk = options.approvalDesk;
    this.#deployments = options.deployments;
    this.#pending = options.pendingRequests;
    this.#waivers = options.waivers;
    this.#clock = options.clock;
    this.#generation = options.generation;
    this.#policies = options.policies;
  }

  /**
   * Where a request has to wait, for a waiver, an approval or both, it is listed from then on. Those that are asked for
   * the same business unit `alongside` count as if they were there. Throws a `DeploymentInputError` for what its business
   * unit may not ask for, and a `NotAllowedError` to who approved it.
   */
  async check(
    deployment: CoderDeployment,
    credentials: BackstageCredentials,
    alongside: readonly string[] = [],
  ): Promise<RequestCheck> {
    await this.#requireWithinPolicy(deployment, alongside);
    const findings = await this.#judge(deployment);
    const blocking = blockingFindings(findings);
    const decision = await this.#decide({ deployment, blocking, credentials });
    // What is refused has to change first, and would then be something else than what was approved
    const approval =
      decision === 'refused'
        ? undefined
        : await this.#approvalDesk.ask(deployment, credentials);
    return {
      decision:
        approval?.state === 'requested' && decision !== 'waiver-requested'
          ? 'approval-requested'
          : decision,
      findings,
      blocking: blocking.map(({ rule }) => rule),
      ...(approval && { approval }),
    };
  }

  async #requireWithinPolicy(
    deployment: CoderDeployment,
    alongside: readonly string[],
  ): Promise<void> {
    const { metadata, spec } = deployment;
    const together = [...new Set([metadata.name, ...alongside])];
    const problems = requestPolicyProblems(this.#policies, {
      deployment,
      plan: planOf(deployment, { generation: this.#generation }),
      others:
        (await this.#deployments.countOthers(spec.businessUnit, together)) +
        together.length -
        1,
    });
    if (problems.length > 0) {
      throw new DeploymentInputError(problems);
    }
  }

  async #judge(deployment: CoderDeployment): Promise<Finding[]> {
    const { name } = deployment.metadata;
    const now = this.#clock();
    const generation = this.#generation;
    const [waivers, granted] = await Promise.all([
      this.#waivers.list(name),
      this.#pending.granted(name),
    ]);
    const evidence = requestEvidence({
      deployment,
      plan: planOf(deployment, { generation }),
      artifacts: render(deployment, { generation }),
      now,
    });
    return evaluate({ evidence, now, waivers: [...waivers, ...granted] })
      .findings;
  }

  async #decide(options: {
    deployment: CoderDeployment;
    blocking: readonly Finding[];
    credentials: BackstageCredentials;
  }): Promise<RequestDecision> {
    const { deployment, blocking, credentials } = options;
    if (blocking.length === 0) {
      return 'clear';
    }
    if (refusedFindings(blocking).length > 0) {
      return 'refused';
    }
    const { name } = deployment.metadata;
    const { owner, businessUnit, regions } = deployment.spec;
    const resource = {
      owner: normalizeOwner(owner),
      businessUnit,
      region: regions[0].name,
    };
    const scope = await this.#access.scope(waiverCreatePermission, credentials);
    // Of a registered one what is stored counts too: nobody gets a right by asking for another owner
    const mayOnStored =
      !(await this.#deployments.has(name)) ||
      (await this.#access.may(waiverCreatePermission, name, credentials));
    if (mayOnStored && isWithin(resource, scope)) {
      return 'may-grant';
    }
    await this.#pending.ask({
      deployment: name,
      ...resource,
      rules: blocking.map(({ rule, title, severity, message }) => ({
        rule,
        title,
        severity,
        message,
      })),
      requestedBy: callerOf(credentials),
    });
    return 'waiver-requested';
  }
}
