import type { JsonValue } from '@backstage/types';

/**
 * Whether a server believes to be up to date. A server that does not check, which is the default, says
 * `current` with its own version, whatever it runs. Only stable releases are looked at.
 *
 * @public
 */
export type UpdateCheck = {
  current?: boolean;
  /** Newest stable release, or the server's own version. */
  version?: string;
  /** Where that release is described. */
  url?: string;
};

/**
 * Median and 95th percentile, in milliseconds.
 *
 * @public
 */
export type Percentiles = { p50?: number; p95?: number };

/**
 * How much a deployment is used; counted by the server about once a minute.
 *
 * @public
 */
export type DeploymentStats = {
  /** When it was counted, RFC 3339. */
  collectedAt?: string;
  nextUpdateAt?: string;
  workspaces: {
    pending?: number;
    building?: number;
    running?: number;
    failed?: number;
    stopped?: number;
    /** Absent when no workspace was connected. */
    connectionLatencyMs?: Percentiles;
  };
  /** Sessions by kind: `vscode`, `ssh`, `jetbrains`, `reconnecting_pty`, and those of the future. */
  sessions: Record<string, number>;
};

/**
 * An option of `coder server` and its value.
 *
 * @public
 */
export type ServerOption = {
  name?: string;
  /** Environment variable, for example `CODER_PROVISIONER_DAEMONS`. */
  env?: string;
  flag?: string;
  yaml?: string;
  /** Durations are numbers of nanoseconds. Never there for secrets. */
  value?: JsonValue;
  /** As it would be written in the environment. */
  default?: string;
  /** `env`, `flag`, `yaml` or `default`; absent when it was never set. */
  source?: string;
  secret: boolean;
};

/**
 * A link that Coder shows to its users. All of it is text from the server.
 *
 * @public
 */
export type ServerSupportLink = {
  name: string;
  target: string;
  icon?: string;
  location?: string;
};

/**
 * How a deployment presents itself. Without a licence these are Coder's defaults.
 *
 * @public
 */
export type Appearance = {
  applicationName?: string;
  logoUrl?: string;
  docsUrl?: string;
  supportLinks: ServerSupportLink[];
  announcementBanners: Array<{
    enabled: boolean;
    message: string;
    backgroundColor?: string;
  }>;
};

/**
 * A workspace proxy; the control plane itself is the one named `primary`.
 *
 * @public
 */
export type WorkspaceProxy = {
  id?: string;
  name?: string;
  displayName?: string;
  healthy?: boolean;
  /** `ok`, `unreachable`, `unhealthy`, `unregistered`, or a state of the future. */
  status?: string;
  errors: string[];
  warnings: string[];
  /** When the control plane last looked, RFC 3339. */
  checkedAt?: string;
  url?: string;
  wildcardHostname?: string;
  derpEnabled?: boolean;
  derpOnly?: boolean;
  deleted: boolean;
  version?: string;
  createdAt?: string;
};

/**
 * An organization of a deployment.
 *
 * @public
 */
export type Organization = {
  id: string;
  name?: string;
  displayName?: string;
  isDefault: boolean;
};

/**
 * A template.
 *
 * @public
 */
export type ServerTemplate = {
  id?: string;
  name?: string;
  displayName?: string;
  organizationId?: string;
  organizationName?: string;
  activeVersionId?: string;
  /** Absent until it was counted. */
  activeUserCount?: number;
  deprecated: boolean;
  deprecationMessage?: string;
  /** Whether everybody must use the active version. */
  requireActiveVersion: boolean;
  createdByName?: string;
  createdAt?: string;
  updatedAt?: string;
  /** By transition: `start`, `stop`, `delete`. */
  buildTimesMs: Record<string, Percentiles>;
};

/**
 * A version of a template. Where templates come from Git, its name is the commit.
 *
 * @public
 */
export type ServerTemplateVersion = {
  id?: string;
  templateId?: string;
  name?: string;
  message?: string;
  archived: boolean;
  jobStatus?: string;
  jobError?: string;
  createdBy?: string;
  createdAt?: string;
  updatedAt?: string;
};

/**
 * A licence. Times are RFC 3339.
 *
 * @public
 */
export type ServerLicense = {
  id?: number;
  uuid?: string;
  uploadedAt?: string;
  expiresAt?: string;
  notBefore?: string;
  trial?: boolean;
  accountType?: string;
  featureSet?: string;
  allFeatures?: boolean;
  /** The deployments that it is bound to; none means any. */
  deploymentIds: string[];
  /** Limits by feature, for example `user_limit`. */
  features: Record<string, number>;
};

/**
 * Something that somebody may do or not.
 *
 * @public
 */
export type AuthCheck = {
  /** For example `debug_info`, `replicas`, `deployment_config`, `license`. */
  resource: string;
  action: string;
  /** Whose: `me` for what is the token's own user's. */
  owner?: string;
  organizationId?: string;
};

/**
 * An API token of the user that calls. The token itself is never shown.
 *
 * @public
 */
export type ServerToken = {
  id: string;
  name?: string;
  createdAt?: string;
  expiresAt?: string;
  /** Absent when it was never used. */
  lastUsedAt?: string;
  lifetimeSeconds?: number;
  scopes: string[];
};

/**
 * The user that a token belongs to.
 *
 * @public
 */
export type ServerUser = {
  id: string;
  username: string;
  /** `active`, `dormant`, `suspended`, or a state of the future. */
  status?: string;
  /** Names of site roles, for example `owner`, `auditor`. */
  roles: string[];
};

/**
 * How people sign in.
 *
 * @public
 */
export type AuthMethods = {
  passwordEnabled?: boolean;
  gitHubEnabled?: boolean;
  /** Whether GitHub's users sign in through Coder's own application, which is the default. */
  gitHubDefaultProvider?: boolean;
  oidcEnabled?: boolean;
  termsOfServiceUrl?: string;
};
