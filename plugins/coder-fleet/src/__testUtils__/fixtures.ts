import {
  cvaScore,
  plan,
  toDeployment,
  type BackupsReport,
  type CvaReport,
  type DeploymentDetail,
  type DeploymentSummary,
  type FactDto,
  type FactsDto,
  type Finding,
  type HealthFact,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/** The time at which everything in the fixtures happens. */
export const NOW = new Date('2026-10-01T12:00:00.000Z');

/** A time so many seconds before {@link NOW}, ISO 8601. */
export function secondsAgo(seconds: number): string {
  return new Date(NOW.getTime() - seconds * 1000).toISOString();
}

/** A row of the fleet. */
export function aSummary(
  overrides: Partial<DeploymentSummary> = {},
): DeploymentSummary {
  return {
    name: 'payments',
    displayName: 'Payments',
    state: 'healthy',
    stateReason: 'Coder reports every section of its health as ok',
    observedVersion: 'v2.36.5+abc1234',
    plannedVersion: '2.36.5',
    region: 'eu-central',
    businessUnit: 'payments',
    owner: 'group:default/platform',
    edition: 'premium',
    tier: '1k',
    accessUrl: 'https://payments.coder.example.com',
    lastSeen: secondsAgo(4),
    registeredAt: secondsAgo(86_400),
    ...overrides,
  };
}

/** A fact that was read a moment ago. */
export function aFact<T>(
  value: T,
  overrides: Partial<FactDto<T>> = {},
): FactDto<T> {
  return {
    value,
    observedAt: secondsAgo(4),
    attemptedAt: secondsAgo(4),
    collector: 'coder',
    intervalMs: 60_000,
    status: 'ok',
    stale: false,
    ...overrides,
  };
}

/** Coder's health with everything ok. */
export function aHealth(overrides: Partial<HealthFact> = {}): HealthFact {
  return {
    reportedAt: secondsAgo(240),
    severity: 'ok',
    sections: [
      {
        key: 'access_url',
        title: 'Access URL',
        severity: 'ok',
        dismissed: false,
        warnings: [],
        details: [{ label: 'Status code', value: '200' }],
      },
      {
        key: 'database',
        title: 'Database',
        severity: 'ok',
        dismissed: false,
        warnings: [],
        details: [{ label: 'Latency', value: '2 ms' }],
      },
    ],
    ...overrides,
  };
}

/** The facts of a deployment at which everything could be read. */
export function someFacts(overrides: FactsDto = {}): FactsDto {
  return {
    reachability: aFact({
      version: 'v2.36.5+abc1234',
      deploymentId: '2f1a7c1e-7d0c-4a53-9d5b-3f7e6f3c1a11',
    }),
    health: aFact(aHealth()),
    replicas: aFact({ total: 3, healthy: 3, items: [] }),
    entitlements: aFact({
      hasLicense: true,
      trial: false,
      enabledFeatures: ['high_availability'],
      seats: { actual: 412, limit: 600 },
      warnings: [],
      errors: [],
    }),
    ...overrides,
  };
}

/** What a rule found. */
export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'CVA-DB-001',
    chapter: 'database',
    title: 'The database is external',
    severity: 'high',
    origin: 'cva',
    verdict: 'pass',
    message: 'PostgreSQL runs outside of the cluster',
    evidence: [
      {
        fact: 'artifacts.repository',
        subject: 'CODER_PG_CONNECTION_URL',
        verdict: 'pass',
        seen: 'from the Secret coder-db-url',
      },
    ],
    ...overrides,
  };
}

/** Everything about a deployment that is well. */
export function aDetail(
  overrides: Partial<DeploymentDetail> = {},
): DeploymentDetail {
  const summary = aSummary(overrides);
  const deployment =
    overrides.deployment ??
    toDeployment({
      name: summary.name,
      spec: {
        displayName: 'Payments',
        owner: summary.owner,
        businessUnit: summary.businessUnit,
        edition: 'premium',
        users: { expected: 600 },
        regions: [{ name: 'eu-central', cluster: 'eu-1' }],
        accessUrl: 'https://payments.coder.example.com',
        wildcardUrl: '*.payments.coder.example.com',
        database: { type: 'external' },
        backup: { schedule: '0 2 * * *' },
        release: { channel: 'stable' },
        supportLinks: [
          { name: 'Handbook', target: 'https://docs.example.com/coder' },
          { name: 'Help desk', target: 'mailto:help@example.com' },
        ],
      },
    });
  return {
    ...summary,
    deployment,
    plan: plan(deployment),
    repository: { type: 'directory', location: 'payments' },
    facts: someFacts(),
    findings: [aFinding()],
    ...overrides,
  };
}

/** What the rules say of a deployment that is well. */
export function aCvaReport(overrides: Partial<CvaReport> = {}): CvaReport {
  const findings = overrides.findings ?? [aFinding()];
  return {
    findings,
    score: cvaScore(findings),
    evaluatedAt: secondsAgo(30),
    waivers: [],
    attestations: [],
    ...overrides,
  };
}

/** A deployment that was backed up this night, and whose restore was proved. */
export function aBackupsReport(
  part: Partial<BackupsReport> = {},
): BackupsReport {
  const finishedAt = secondsAgo(3600);
  return {
    schedule: '0 2 * * *',
    retentionDays: 30,
    backup: {
      standing: 'recent',
      lastGoodAt: finishedAt,
      dueBy: secondsAgo(3600 - 2 * 86_400),
    },
    drill: {
      standing: 'proved',
      lastAt: secondsAgo(7200),
      dueBy: secondsAgo(7200 - 90 * 86_400),
    },
    records: [
      {
        runId: '20261129T020000Z-abcdef',
        engine: 'pg_dump',
        startedAt: secondsAgo(3660),
        finishedAt,
        outcome: 'succeeded',
        verified: true,
        sizeBytes: 104_857_600,
        location: 's3:backups/payments/20261129T020000Z-abcdef',
        coderVersion: 'v2.36.5',
        schemaVersion: 412,
        secrets: ['coder-db-url'],
      },
    ],
    drills: [
      {
        runId: '20261129T050000Z-abcdef',
        backupRunId: '20261129T020000Z-abcdef',
        startedAt: secondsAgo(7260),
        finishedAt: secondsAgo(7200),
        outcome: 'succeeded',
        restoreMillis: 41_000,
        sizeBytes: 104_857_600,
      },
    ],
    ...part,
  };
}
