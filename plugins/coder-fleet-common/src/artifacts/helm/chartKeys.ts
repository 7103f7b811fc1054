/** `true`: anything may stand below, as it goes to Kubernetes as it is. */
type KeyTree = { readonly [key: string]: true | KeyTree };

const POD_KEYS: KeyTree = {
  affinity: true,
  annotations: true,
  command: true,
  commandArgs: true,
  certs: { secrets: true },
  env: true,
  image: { repo: true, tag: true, pullPolicy: true, pullSecrets: true },
  initContainers: true,
  labels: true,
  lifecycle: true,
  nodeSelector: true,
  podAnnotations: true,
  podLabels: true,
  podSecurityContext: true,
  priorityClassName: true,
  replicaCount: true,
  resources: true,
  securityContext: true,
  serviceAccount: {
    annotations: true,
    disableCreate: true,
    enableDeployments: true,
    extraRules: true,
    labels: true,
    name: true,
    workspaceNamespaces: true,
    workspacePerms: true,
  },
  tolerations: true,
  topologySpreadConstraints: true,
  volumeMounts: true,
  volumes: true,
};

/**
 * Keys that the charts know. The charts ignore any other silently.
 * Source: values.yaml and templates of the charts of Coder 2.36.
 */
const CHART_KEYS: Readonly<Record<ChartName, KeyTree>> = {
  coder: {
    coder: {
      ...POD_KEYS,
      envFrom: true,
      envUseClusterAccessURL: true,
      httproute: true,
      ingress: true,
      livenessProbe: true,
      readinessProbe: true,
      service: {
        annotations: true,
        enable: true,
        externalTrafficPolicy: true,
        httpNodePort: true,
        httpsNodePort: true,
        loadBalancerClass: true,
        loadBalancerIP: true,
        sessionAffinity: true,
        type: true,
      },
      tls: { secretNames: true },
      workspaceProxy: true,
    },
    extraTemplates: true,
    provisionerDaemon: { pskSecretName: true },
  },
  'coder-provisioner': {
    coder: POD_KEYS,
    extraTemplates: true,
    provisionerDaemon: {
      keySecretKey: true,
      keySecretName: true,
      pskSecretName: true,
      tags: true,
      terminationGracePeriodSeconds: true,
    },
  },
};

/**
 * A chart of Coder's.
 *
 * @public
 */
export type ChartName = 'coder' | 'coder-provisioner';

/**
 * The keys in values that a chart does not know, as `coder.podDisruptionBudget`.
 *
 * @public
 */
export function unknownChartKeys(values: unknown, chart: ChartName): string[] {
  return unknownKeys(values, CHART_KEYS[chart], []);
}

function unknownKeys(
  values: unknown,
  known: KeyTree,
  path: readonly string[],
): string[] {
  if (typeof values !== 'object' || values === null) {
    return [];
  }
  return Object.entries(values).flatMap(([key, value]) => {
    const here = [...path, key];
    const below = Object.hasOwn(known, key) ? known[key] : undefined;
    if (below === undefined) {
      return [here.join('.')];
    }
    return below === true ? [] : unknownKeys(value, below, here);
  });
}
