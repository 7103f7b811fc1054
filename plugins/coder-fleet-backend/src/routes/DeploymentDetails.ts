import {
  evaluate,
  isStale,
  requestEvidence,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  Clock,
  DeploymentDetail,
  DeploymentRecord,
  Fact,
  FactDto,
  FactsDto,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { NotFoundError } from '@backstage/errors';
import type { ArtifactReader } from '../artifacts/ArtifactReader';
import type { Scope } from '../permissions/scope';
import type { DeploymentStore } from '../store/DeploymentStore';
import type { Facts, TrackingStore } from '../store/TrackingStore';

/**
 * Puts together what the API tells of one deployment.
 *
 * @internal
 */
export class DeploymentDetails {
  readonly #deployments: Pick<DeploymentStore, 'get'>;
  readonly #tracking: Pick<TrackingStore, 'facts'>;
  readonly #artifacts: Pick<ArtifactReader, 'judgedFiles'>;
  readonly #clock: Clock;

  constructor(options: {
    deployments: Pick<DeploymentStore, 'get'>;
    tracking: Pick<TrackingStore, 'facts'>;
    artifacts: Pick<ArtifactReader, 'judgedFiles'>;
    clock: Clock;
  }) {
    this.#deployments = options.deployments;
    this.#tracking = options.tracking;
    this.#artifacts = options.artifacts;
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
    const [facts, artifacts] = await Promise.all([
      this.#tracking.facts(name),
      this.#artifacts.judgedFiles(record),
    ]);
    const now = this.#clock();
    const { findings } = evaluate({
      evidence: {
        ...requestEvidence({
          deployment: record.deployment,
          plan: record.plan,
          artifacts,
          now,
        }),
        coderApi: facts,
      },
      now,
    });
    return { ...record, facts: toFactsDto(facts, now), findings };
  }
}

function toFactsDto(facts: Facts, now: Date): FactsDto {
  const { reachability, health, replicas, entitlements } = facts;
  return {
    ...(reachability && { reachability: toFactDto(reachability, now) }),
    ...(health && { health: toFactDto(health, now) }),
    ...(replicas && { replicas: toFactDto(replicas, now) }),
    ...(entitlements && { entitlements: toFactDto(entitlements, now) }),
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
