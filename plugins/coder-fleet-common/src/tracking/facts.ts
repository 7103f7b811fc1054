import type { HealthSection, HealthSeverity } from '../health/report';

/**
 * Who answers: from `GET /api/v2/buildinfo`.
 *
 * @public
 */
export type ReachabilityFact = {
  /** As reported, for example `v2.36.5+abc1234`. */
  version: string;
  /** Identity of the database behind it; stable over restarts and upgrades. */
  deploymentId?: string;
  /** Where its dashboard is; on a workspace proxy that of its primary. */
  dashboardUrl?: string;
  /** Whether a workspace proxy answered. */
  workspaceProxy?: boolean;
};

/**
 * Coder's own health: from `GET /api/v2/debug/health`.
 *
 * @public
 */
export type HealthFact = {
  /** When Coder made the report: up to 10 minutes before it was read. */
  reportedAt?: string;
  severity: HealthSeverity;
  sections: HealthSection[];
};

/**
 * Replicas of the control plane: from `GET /api/v2/replicas`.
 *
 * @public
 */
export type ReplicasFact = {
  total: number;
  /** Replicas that report no error. */
  healthy: number;
  items: Array<{
    hostname: string;
    /** Empty when healthy. */
    error: string;
    /** Latency to the database in milliseconds. */
    databaseLatencyMs?: number;
  }>;
};

/**
 * Licence and features: from `GET /api/v2/entitlements`.
 *
 * @public
 */
export type EntitlementsFact = {
  hasLicense: boolean;
  trial: boolean;
  /** Names of the features that are entitled or in their grace period, and enabled. */
  enabledFeatures: string[];
  /** Seats in use and the licence's limit, when it reports them. */
  seats?: { actual?: number; limit?: number };
  warnings: string[];
  errors: string[];
};

/**
 * A support link of the running server, and whether its target answers.
 *
 * @public
 */
export type SupportLinkEvidence = {
  name: string;
  target: string;
  /**
   * - `moved`: for good, to where `detail` says.
   * - `broken`: it answers that there is nothing.
   * - `refused`: our own guard does not ask it.
   * - `unchecked`: not asked, for example a mail address.
   */
  result: 'ok' | 'moved' | 'broken' | 'refused' | 'unreachable' | 'unchecked';
  /** What the check found, in words. */
  detail?: string;
};

/**
 * Support links of the running server: from `GET /api/v2/appearance`, each looked at.
 *
 * @public
 */
export type SupportLinksFact = SupportLinkEvidence[];

/**
 * The facts that the tracker keeps of a deployment, by key.
 *
 * @public
 */
export type DeploymentFacts = {
  reachability: ReachabilityFact;
  health: HealthFact;
  replicas: ReplicasFact;
  entitlements: EntitlementsFact;
  supportLinks: SupportLinksFact;
};

/**
 * The key of a fact.
 *
 * @public
 */
export type FactKey = keyof DeploymentFacts;

/**
 * Every key.
 *
 * @public
 */
export const FACT_KEYS: readonly FactKey[] = [
  'reachability',
  'health',
  'replicas',
  'entitlements',
  'supportLinks',
];
