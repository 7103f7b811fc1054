import { z } from 'zod/v3';
import type {
  EntitlementsFact,
  HealthFact,
  ReachabilityFact,
  ReplicasFact,
  SupportLinkEvidence,
} from '../../tracking/facts';
import type { Shape } from './fact';

/**
 * An option of the running server, as far as it is not secret.
 *
 * @public
 */
export type ServerOptionEvidence = {
  /** Absent for secrets, and for what is not set. */
  value?: string | number | boolean;
  /** Whether it is set to anything but its default, by whatever way. */
  set: boolean;
};

/**
 * A workspace proxy as the control plane sees it; without the primary.
 *
 * @public
 */
export type ProxyEvidence = {
  name: string;
  /** `ok`, `unreachable`, `unhealthy`, `unregistered`, or a state of the future. */
  status: string;
  url?: string;
  version?: string;
};

/**
 * A provisioner daemon that is not offline.
 *
 * @public
 */
export type DaemonEvidence = {
  name: string;
  version?: string;
  /** How it was let in. */
  key: 'built-in' | 'user-auth' | 'psk' | 'scoped' | 'unknown';
  /** Without the implicit `scope` and `owner`. */
  tags: Readonly<Record<string, string>>;
};

/**
 * A licence; times are ISO 8601.
 *
 * @public
 */
export type LicenseEvidence = {
  expiresAt?: string;
  trial: boolean;
};

/**
 * A version that the server was seen on, and since when.
 *
 * @public
 */
export type VersionEvidence = { version: string; firstSeenAt: string };

/**
 * What the running server says over Coder's API.
 *
 * @public
 */
export type CoderApiEvidence = {
  reachability: ReachabilityFact;
  health: HealthFact;
  replicas: ReplicasFact;
  entitlements: EntitlementsFact;
  /** Options by their environment variable, for example `CODER_ACCESS_URL`. */
  serverOptions: Readonly<Record<string, ServerOptionEvidence>>;
  supportLinks: SupportLinkEvidence[];
  workspaceProxies: readonly ProxyEvidence[];
  provisionerDaemons: readonly DaemonEvidence[];
  licenses: readonly LicenseEvidence[];
  /** Whether GitHub's users sign in through Coder's own application, which is the default. */
  authMethods: { gitHubDefaultProvider?: boolean };
  /** Versions in the order in which they were seen, the present one last. */
  versions: readonly VersionEvidence[];
};

const count = z.number().int().nonnegative().finite();
const healthMessage = z.object({ code: z.string(), message: z.string() });

/**
 * How evidence of what Coder's API says is read.
 *
 * @internal
 */
export const coderApiShapes: {
  [K in keyof CoderApiEvidence]: Shape<CoderApiEvidence[K]>;
} = {
  reachability: z.object({
    version: z.string(),
    deploymentId: z.string().optional(),
    dashboardUrl: z.string().optional(),
    workspaceProxy: z.boolean().optional(),
  }),
  health: z.object({
    reportedAt: z.string().optional(),
    severity: z.string(),
    sections: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        severity: z.string(),
        dismissed: z.boolean(),
        error: z.string().optional(),
        warnings: z.array(healthMessage),
        details: z.array(z.object({ label: z.string(), value: z.string() })),
      }),
    ),
  }),
  replicas: z.object({
    total: count,
    healthy: count,
    items: z.array(
      z.object({
        hostname: z.string(),
        error: z.string(),
        databaseLatencyMs: z.number().finite().nonnegative().optional(),
      }),
    ),
  }),
  entitlements: z.object({
    hasLicense: z.boolean(),
    trial: z.boolean(),
    enabledFeatures: z.array(z.string()),
    seats: z
      .object({ actual: count.optional(), limit: count.optional() })
      .optional(),
    warnings: z.array(z.string()),
    errors: z.array(z.string()),
  }),
  serverOptions: z.record(
    z.object({
      value: z.union([z.string(), z.number(), z.boolean()]).optional(),
      set: z.boolean(),
    }),
  ),
  supportLinks: z.array(
    z.object({
      name: z.string(),
      target: z.string(),
      result: z.enum([
        'ok',
        'moved',
        'broken',
        'refused',
        'unreachable',
        'unchecked',
      ]),
      detail: z.string().optional(),
    }),
  ),
  workspaceProxies: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      url: z.string().optional(),
      version: z.string().optional(),
    }),
  ),
  provisionerDaemons: z.array(
    z.object({
      name: z.string(),
      version: z.string().optional(),
      key: z.enum(['built-in', 'user-auth', 'psk', 'scoped', 'unknown']),
      tags: z.record(z.string()),
    }),
  ),
  licenses: z.array(
    z.object({
      expiresAt: z.string().datetime({ offset: true }).optional(),
      trial: z.boolean(),
    }),
  ),
  authMethods: z.object({ gitHubDefaultProvider: z.boolean().optional() }),
  versions: z.array(
    z.object({
      version: z.string(),
      firstSeenAt: z.string().datetime({ offset: true }),
    }),
  ),
};
