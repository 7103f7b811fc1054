import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  parseCoderVersion,
  versionSortKey,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  CoderDeployment,
  DeploymentRecord,
  DeploymentState,
  DeploymentSummary,
  Fact,
  FactKey,
  FactStatus,
  Plan,
  PullRequestStanding,
  RepositoryRef,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * A whole number as the drivers give it: PostgreSQL's gives 64 bits as text.
 *
 * @internal
 */
export type BigIntColumn = number | string;

/**
 * The columns of `deployments` that a registration writes.
 *
 * @internal
 */
export type DeploymentRow = {
  name: string;
  display_name: string;
  search_text: string;
  access_url: string;
  origin: string;
  owner: string;
  business_unit: string;
  region: string;
  edition: string;
  tier: string;
  planned_version: string;
  planned_version_sort: string;
  planned_replicas: number;
  deployment: string;
  plan: string;
  repository: string | null;
  registered_at: BigIntColumn;
  updated_at: BigIntColumn;
};

/**
 * A row of the fleet: what was registered, and what the tracker concludes.
 *
 * @internal
 */
export type FleetRow = DeploymentRow & {
  state: string;
  state_reason: string;
  observed_version: string | null;
  last_seen: BigIntColumn | null;
  upgrade_window: string | null;
  requested_at: BigIntColumn | null;
  pull_request: string | null;
  merge_obstacle: string | null;
};

/**
 * A row of `facts`.
 *
 * @internal
 */
export type FactRow = {
  deployment: string;
  key: FactKey;
  value: string | null;
  observed_at: BigIntColumn | null;
  attempted_at: BigIntColumn;
  collector: string;
  interval_ms: BigIntColumn;
  status: FactStatus;
  message: string | null;
};

/**
 * What a registration brings.
 *
 * @internal
 */
export type Registration = {
  deployment: CoderDeployment;
  plan: Plan;
  repository?: RepositoryRef;
  /** URL of the pull request that brings it to the repository. */
  pullRequest?: string;
};

/**
 * The columns of a registration, without its times and its pull request.
 *
 * @internal
 */
export function registrationColumns(
  registration: Registration,
): Omit<DeploymentRow, 'registered_at' | 'updated_at'> {
  const { deployment, plan, repository } = registration;
  const { metadata, spec } = deployment;
  const version = plan.release.version.value;
  return {
    name: metadata.name,
    display_name: spec.displayName,
    search_text: [metadata.name, spec.displayName, spec.accessUrl]
      .join('\n')
      .toLocaleLowerCase('en'),
    access_url: spec.accessUrl,
    origin: new URL(spec.accessUrl).origin,
    owner: normalizeOwner(spec.owner),
    business_unit: spec.businessUnit,
    region: plan.controlPlane.region,
    edition: spec.edition,
    tier: plan.tier.value,
    planned_version: version,
    planned_version_sort: versionSort(version) ?? '',
    planned_replicas: plan.controlPlane.replicas.value,
    deployment: JSON.stringify(deployment),
    plan: JSON.stringify(plan),
    repository: repository ? JSON.stringify(repository) : null,
  };
}

/**
 * One notation of an owner for all, so that filters and permission rules compare alike.
 *
 * @internal
 */
export function normalizeOwner(owner: string): string {
  return stringifyEntityRef(
    parseEntityRef(owner, { defaultNamespace: 'default' }),
  );
}

/**
 * What a version sorts by; `null` for one that cannot be read.
 *
 * @internal
 */
export function versionSort(version: string): string | null {
  const parsed = parseCoderVersion(version);
  return parsed ? versionSortKey(parsed) : null;
}

/**
 * A row of the fleet as the API gives it.
 *
 * @internal
 */
export function toSummary(row: FleetRow): DeploymentSummary {
  return {
    name: row.name,
    displayName: row.display_name,
    state: row.state as DeploymentState,
    stateReason: row.state_reason,
    ...(row.observed_version !== null && {
      observedVersion: row.observed_version,
    }),
    plannedVersion: row.planned_version,
    region: row.region,
    businessUnit: row.business_unit,
    owner: row.owner,
    edition: row.edition,
    tier: row.tier,
    accessUrl: row.access_url,
    ...(row.last_seen !== null && {
      lastSeen: toDate(row.last_seen).toISOString(),
    }),
    registeredAt: toDate(row.registered_at).toISOString(),
  };
}

/**
 * A row of the fleet with what was registered.
 *
 * @internal
 */
export function toRecord(row: FleetRow): DeploymentRecord {
  const repository = toRepository(row.repository);
  const pullRequest = toPullRequest(row);
  return {
    ...toSummary(row),
    deployment: JSON.parse(row.deployment),
    plan: JSON.parse(row.plan),
    ...(repository && { repository }),
    ...(pullRequest && { pullRequest }),
    ...(row.upgrade_window !== null && {
      upgrade: JSON.parse(row.upgrade_window),
    }),
  };
}

/**
 * The repository of a row.
 *
 * @internal
 */
export function toRepository(column: string | null): RepositoryRef | undefined {
  return column === null ? undefined : JSON.parse(column);
}

/**
 * How the pull request of a row stands.
 *
 * @internal
 */
export function toPullRequest(
  row: Pick<FleetRow, 'requested_at' | 'pull_request' | 'merge_obstacle'>,
): PullRequestStanding | undefined {
  const { requested_at: openSince, pull_request: url } = row;
  if (url === null) {
    return undefined;
  }
  return {
    url,
    ...(openSince !== null && {
      openSince: toDate(openSince).toISOString(),
      ...(row.merge_obstacle !== null && {
        obstacle: JSON.parse(row.merge_obstacle),
      }),
    }),
  };
}

/**
 * A fact as the domain knows it.
 *
 * @internal
 */
export function toFact(row: FactRow): Fact<unknown> {
  return {
    ...(row.observed_at !== null && {
      value: row.value === null ? undefined : JSON.parse(row.value),
      observedAt: toDate(row.observed_at),
    }),
    attemptedAt: toDate(row.attempted_at),
    collector: row.collector,
    intervalMs: Number(row.interval_ms),
    status: row.status,
    ...(row.message !== null && { message: row.message }),
  };
}

/**
 * The time that a column holds.
 *
 * @internal
 */
export function toDate(column: BigIntColumn): Date {
  return new Date(Number(column));
}
