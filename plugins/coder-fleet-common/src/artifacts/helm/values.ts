/**
 * An environment variable of a pod: a literal, or a key of a Secret.
 *
 * @public
 */
export type EnvVar =
  | { name: string; value: string }
  | {
      name: string;
      valueFrom: { secretKeyRef: { name: string; key: string } };
    };

/**
 * A literal variable. Kubernetes expands `$(NAME)` in values and takes `$$` for `$`: doubled, every
 * `$` arrives as it was written.
 *
 * @internal
 */
export function literal(name: string, value: string): EnvVar {
  return { name, value: value.replace(/\$/g, '$$$$') };
}

/**
 * A variable whose value stays in a Secret.
 *
 * @internal
 */
export function fromSecret(
  name: string,
  secret: { name: string; key: string },
): EnvVar {
  return {
    name,
    valueFrom: { secretKeyRef: { name: secret.name, key: secret.key } },
  };
}

/**
 * The part of the values of the charts `coder` and `coder-provisioner` that we render and judge.
 *
 * @public
 */
export type HelmValues = {
  coder?: {
    workspaceProxy?: boolean;
    replicaCount?: number;
    image?: {
      repo?: string;
      tag?: string;
      pullSecrets?: Array<{ name: string }>;
    };
    env?: EnvVar[];
    resources?: {
      requests?: { cpu?: string; memory?: string };
      limits?: { cpu?: string; memory?: string };
    };
    annotations?: Record<string, string>;
    podAnnotations?: Record<string, string>;
    podLabels?: Record<string, string>;
    nodeSelector?: Record<string, string>;
    tolerations?: Array<Record<string, unknown>>;
    affinity?: Record<string, unknown>;
    strategy?: Record<string, unknown>;
    topologySpreadConstraints?: Array<Record<string, unknown>>;
    serviceAccount?: Record<string, unknown>;
    securityContext?: Record<string, unknown>;
    service?: Record<string, unknown>;
    ingress?: Record<string, unknown>;
    httproute?: Record<string, unknown>;
    tls?: Record<string, unknown>;
    volumes?: Array<Record<string, unknown>>;
    volumeMounts?: Array<Record<string, unknown>>;
  };
  provisionerDaemon?: {
    keySecretName?: string;
    keySecretKey?: string;
    pskSecretName?: string;
    tags?: Record<string, string>;
    terminationGracePeriodSeconds?: number;
  };
};

/** Set by the chart itself: a second entry of the name would be sent along. */
const CHART_OWNED_ENV = new Set([
  'CODER_HTTP_ADDRESS',
  'CODER_TLS_ENABLE',
  'CODER_TLS_ADDRESS',
  'CODER_TLS_CERT_FILE',
  'CODER_TLS_KEY_FILE',
  'CODER_DERP_SERVER_RELAY_URL',
  'CODER_CLUSTER_HOST',
  'KUBE_POD_IP',
]);

/**
 * The variables in order of their names. Throws when one is named twice or belongs to the chart: the
 * chart would send both, and which one wins is chance.
 *
 * @internal
 */
export function envList(variables: readonly EnvVar[]): EnvVar[] {
  const seen = new Set<string>();
  for (const { name } of variables) {
    if (CHART_OWNED_ENV.has(name)) {
      throw new Error(`${name} is set by the chart`);
    }
    if (seen.has(name)) {
      throw new Error(`${name} is set twice`);
    }
    seen.add(name);
  }
  return [...variables].sort((a, b) => (a.name < b.name ? -1 : 1));
}
