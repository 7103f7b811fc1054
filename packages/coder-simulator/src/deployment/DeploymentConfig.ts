/**
 * What a deployment is licensed and built as: `community` is an open-source build without the
 * enterprise routes, `premium` an enterprise build with a licence.
 *
 * @public
 */
export type Edition = 'premium' | 'community';

/**
 * One Helm release of external provisioners.
 *
 * @public
 */
export type ProvisionerRelease = {
  /** Folder below `helm/provisioners`. */
  region: string;
  /** Number of provisioner daemons. */
  replicas: number;
  /** Release that they run, `v2.36.5`; the control plane's when absent. */
  version?: string;
};

/**
 * One Helm release of a workspace proxy.
 *
 * @public
 */
export type ProxyRelease = {
  /** Folder below `helm/proxies`, and the proxy's name. */
  region: string;
  /** Number of pods; without any the proxy is unreachable. */
  replicas: number;
  /** Origin on which it answers, `https://us.aurora.coder.localhost:7443`. */
  accessUrl: string;
  /** Host of workspace apps through it. */
  wildcardAccessUrl?: string;
  /** Release that it runs, `v2.36.5`; the control plane's when absent. */
  version?: string;
};

/**
 * One entry of `CODER_SUPPORT_LINKS`.
 *
 * @public
 */
export type SupportLink = {
  name: string;
  target: string;
  icon?: string;
  location?: string;
};

/**
 * Everything that decides how a simulated deployment answers.
 *
 * @public
 */
export type DeploymentConfig = {
  name: string;
  /** Origin on which it answers, `https://aurora.coder.localhost:7443`. */
  accessUrl: string;
  /** Host of workspace apps, `*.aurora.coder.localhost`. */
  wildcardAccessUrl?: string;
  edition: Edition;
  /** Release, `v2.36.5`. */
  version: string;
  /** Pods of the control plane. */
  replicas: number;
  /** Built-in provisioner daemons of each replica (`CODER_PROVISIONER_DAEMONS`). */
  builtInProvisioners: number;
  provisioners: readonly ProvisionerRelease[];
  proxies: readonly ProxyRelease[];
  supportLinks: readonly SupportLink[];
  /** People who are meant to have an account, which is also the number of seats. */
  users: number;
  /** Share of the users whose workspaces run at the same time. */
  activeShare: number;
  /** Environment of the control plane, `CODER_...`, as far as its values are known. */
  env: Readonly<Record<string, string>>;
  /** Names of variables whose values come from a Secret. */
  secretEnv: readonly string[];
};

/**
 * Built-in provisioner daemons a replica when `CODER_PROVISIONER_DAEMONS` is not set.
 * Source: Coder's server options, v2.30.
 *
 * @internal
 */
export const DEFAULT_BUILT_IN_PROVISIONERS = 3;

/**
 * People of a deployment that does not say for how many it is.
 *
 * @internal
 */
export const DEFAULT_USERS = 500;

/**
 * Share of users whose workspaces run at the same time. Source: CVA sizing tables.
 *
 * @internal
 */
export const DEFAULT_ACTIVE_SHARE = 0.6;

/**
 * Whether going from one configuration to the other needs new processes of the control plane. Counts
 * are changed by scaling, which leaves the running ones alone.
 *
 * @internal
 */
export function needsRestart(
  before: DeploymentConfig,
  after: DeploymentConfig,
): boolean {
  const fixed = (config: DeploymentConfig) =>
    JSON.stringify({
      ...config,
      replicas: 0,
      provisioners: [],
      proxies: [],
      users: 0,
      activeShare: 0,
    });
  return fixed(before) !== fixed(after);
}
