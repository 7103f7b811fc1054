import { NotFoundError } from '@backstage/errors';
import { isStale } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  Clock,
  CvaReport,
  DeploymentDetail,
  DeploymentRecord,
  Fact,
  FactDto,
  FactsDto,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Judge } from '../cva/Judge';
import type { Scope } from '../permissions/scope';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { Facts } from '../store/TrackingStore';

/**
 * Puts together what the API tells of one deployment.
 *
 * @internal
 */
export class DeploymentDetails {
  readonly #deployments: Pick<DeploymentStore, 'get'>;
  readonly #judge: Pick<Judge, 'report'>;
  readonly #clock: Clock;

  constructor(options: {
    deployments: Pick<DeploymentStore, 'get'>;
    judge: Pick<Judge, 'report'>;
    clock: Clock;
  }) {
    this.#deployments = options.deployments;
    this.#judge = options.judge;
    this.#clock = options.clock;
  }

  /** What is registered. Throws a `NotFoundError` when it is not, or not in scope. */
  async record(name: string, scope: Scope): Promise<DeploymentRecord> {
    const record = await this.#deployments.get(name, scope);
    if (!record) {
      throw new NotFoundError(`No deployment "${name}" is registered`);
    }
    return record;
  }

  /** Like {@link DeploymentDetails.record}, with what is known and what rules say of it. */
  async detail(name: string, scope: Scope): Promise<DeploymentDetail> {
    const record = await this.record(name, scope);
    const { report, known } = await this.#judge.report(record);
    return {
      ...record,
      facts: toFactsDto(known.facts, this.#clock()),
      findings: report.findings,
    };
  }

  /** What rules say, and what people said to that. Throws like {@link DeploymentDetails.record}. */
  async cva(name: string, scope: Scope): Promise<CvaReport> {
    const record = await this.record(name, scope);
    return (await this.#judge.report(record)).report;
  }
}

function toFactsDto(facts: Facts, now: Date): FactsDto {
  const { reachability, health, replicas, entitlements, supportLinks } = facts;
  return {
    ...(reachability && { reachability: toFactDto(reachability, now) }),
    ...(health && { health: toFactDto(health, now) }),
    ...(replicas && { replicas: toFactDto(replicas, now) }),
    ...(entitlements && { entitlements: toFactDto(entitlements, now) }),
    ...(supportLinks && { supportLinks: toFactDto(supportLinks, now) }),
  };
}

function toFactDto<T>(fact: Fact<T>, now: Date): FactDto<T> {
  const { observedAt, attemptedAt, ...rest } = fact;
  return {
    ...rest,
    ...(observedAt && { observedAt: observedAt.toISOString() }),
    attemptedAt: attemptedAt.toISOString(),
    stale: isStale(fact, now),
  };
}
