import { z } from 'zod/v3';
import type { Shape } from './fact';

/**
 * Something that Prometheus scrapes.
 *
 * @public
 */
export type ScrapeTargetEvidence = {
  role: 'control-plane' | 'provisioner' | 'proxy' | 'database' | 'other';
  up: boolean;
};

/**
 * An alert that is set up.
 *
 * @public
 */
export type AlertRuleEvidence = {
  name: string;
  /** Names of the metrics in its expression. */
  metrics: readonly string[];
};

/**
 * What the monitoring of a deployment knows.
 *
 * @public
 */
export type PrometheusEvidence = {
  targets: readonly ScrapeTargetEvidence[];
  alertRules: readonly AlertRuleEvidence[];
  /** For how many days metrics and logs are kept. */
  retention: { metricsDays?: number; logsDays?: number };
  /** Between users or workspaces and the control plane; loss as a part of all packets. */
  network: { roundTripMs?: number; packetLoss?: number };
  /** 95th percentile of API requests, in milliseconds. */
  apiLatency: { p95Ms: number };
};

const amount = z.number().finite().nonnegative();

/**
 * How evidence of Prometheus is read.
 *
 * @internal
 */
export const prometheusShapes: {
  [K in keyof PrometheusEvidence]: Shape<PrometheusEvidence[K]>;
} = {
  targets: z.array(
    z.object({
      role: z.enum([
        'control-plane',
        'provisioner',
        'proxy',
        'database',
        'other',
      ]),
      up: z.boolean(),
    }),
  ),
  alertRules: z.array(
    z.object({ name: z.string(), metrics: z.array(z.string()) }),
  ),
  retention: z.object({
    metricsDays: amount.optional(),
    logsDays: amount.optional(),
  }),
  network: z.object({
    roundTripMs: amount.optional(),
    packetLoss: amount.optional(),
  }),
  apiLatency: z.object({ p95Ms: amount }),
};
