import { z } from 'zod/v3';
import type { Shape } from './fact';

/**
 * What no collector can see: a person says whether it holds.
 *
 * @public
 */
export type StatementId =
  | 'own-cluster'
  | 'dedicated-template-administrators'
  | 'automatic-updates-evaluated'
  | 'support-bundle-published'
  | 'backup-secrets-kept'
  | 'restore-documented'
  | 'workspace-node-group-autoscaling'
  | 'control-plane-node-group-static'
  | 'observability-stack'
  | 'alerts-reviewed'
  | 'log-retention'
  | 'metric-retention';

/**
 * Statements in words, for forms.
 *
 * @public
 */
export const STATEMENTS: Readonly<Record<StatementId, string>> = {
  'own-cluster':
    'Coder has a cluster of its own, without production applications beside it',
  'dedicated-template-administrators':
    'Template administrators use accounts that serve nothing else',
  'automatic-updates-evaluated':
    'Automatic updates of workspaces at their start were considered, and the decision is recorded',
  'support-bundle-published':
    'Users are told how to make a support bundle and where to send it',
  'backup-secrets-kept':
    'Encryption keys and other secrets that belong to a backup are kept with it, apart from the cluster',
  'restore-documented':
    'How the database is dumped and restored is written down and was tried',
  'workspace-node-group-autoscaling':
    'The node group of workspaces grows and shrinks with use',
  'control-plane-node-group-static':
    'The node group of the control plane has a fixed size',
  'observability-stack':
    "Coder's observability bundle, or an equal stack, is deployed",
  'alerts-reviewed':
    'Alerts on the metrics of Coder were chosen and are received',
  'log-retention': 'Logs of the control plane are kept for at least 30 days',
  'metric-retention':
    'Metrics of the deployment are kept for at least 6 months',
};

/**
 * Somebody's word on a statement; times are ISO 8601.
 *
 * @public
 */
export type AttestationEvidence = {
  statement: StatementId;
  /** Whether it holds. */
  holds: boolean;
  note?: string;
  /** Entity reference of the person. */
  attestedBy: string;
  attestedAt: string;
  /** From then on it counts as not known. At most a year after it was given. */
  reviewBy: string;
};

/**
 * What people said of a deployment.
 *
 * @public
 */
export type AttestationsEvidence = {
  statements: readonly AttestationEvidence[];
};

const instant = z.string().datetime({ offset: true });

/**
 * How evidence of the attestations is read.
 *
 * @internal
 */
export const attestationsShapes: {
  [K in keyof AttestationsEvidence]: Shape<AttestationsEvidence[K]>;
} = {
  statements: z.array(
    z.object({
      statement: z.enum(
        Object.keys(STATEMENTS) as [StatementId, ...StatementId[]],
      ),
      holds: z.boolean(),
      note: z.string().optional(),
      attestedBy: z.string(),
      attestedAt: instant,
      reviewBy: instant,
    }),
  ),
};
