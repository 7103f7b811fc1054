import semver from 'semver';

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
 * Sources: values.yaml and templates of the charts of Coder 2.36, of coder-observability 0.6.2 and of
 * coder-logstream-kube 0.0.15.
 */
const CHART_KEYS: Readonly<Record<ChartName, KeyTree>> = {
  coder: {
    coder: {
      ...POD_KEYS,
      envFrom: true,
      envUseClusterAccessURL: true,
      hostAliases: true,
      httproute: true,
      ingress: true,
      livenessProbe: true,
      readinessProbe: true,
      listenerset: true,
      strategy: true,
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
  'coder-observability': {
    global: {
      alerts: { enabled: true, kind: true },
      coder: {
        alerts: {
          coderd: { groups: true },
          enterprise: { groups: true },
          provisionerd: { groups: true },
        },
        coderdSelector: true,
        controlPlaneNamespace: true,
        externalProvisionersNamespace: true,
        logFormat: true,
        provisionerdSelector: true,
        scrapeMetrics: true,
        workspacesSelector: true,
      },
      dashboards: true,
      postgres: {
        alerts: true,
        database: true,
        exporter: true,
        hostname: true,
        mountSecret: true,
        password: true,
        port: true,
        sslmode: true,
        sslrootcert: true,
        username: true,
        volumeMounts: true,
        volumes: true,
      },
      telemetry: true,
    },
    // Charts of others, as they are
    grafana: true,
    'grafana-agent': true,
    loki: true,
    prometheus: true,
    pyroscope: true,
    runbookViewer: true,
    sqlExporter: true,
    tempo: true,
  },
  'coder-logstream-kube': {
    affinity: true,
    image: {
      pullPolicy: true,
      pullSecrets: true,
      repo: true,
      sslCertDir: true,
      sslCertFile: true,
      tag: true,
    },
    labels: true,
    namespaces: true,
    nodeSelector: true,
    resources: true,
    securityContext: true,
    serviceAccount: { annotations: true, labels: true, name: true },
    tolerations: true,
    url: true,
    volumeMounts: true,
    volumes: true,
  },
};

/**
 * Keys that the chart `coder` did not always know, and its first version that does. Where a pull request is all that
 * is known, the version is the first one after it was merged.
 * Sources: Coder's chart, values.yaml of 2026-01 (no httproute) and 2026-04 (httproute); coder/coder, pull requests
 * 24729 (hostAliases), 24993 (listenerset), 29652 (strategy, after 2.37.2).
 */
const SINCE = {
  'coder.hostAliases': '2.34.0',
  'coder.httproute': '2.33.0',
  'coder.listenerset': '2.34.0',
  'coder.strategy': '2.38.0',
} as const;

/**
 * A key that charts know from some version on.
 *
 * @internal
 */
export type GatedKey = keyof typeof SINCE;

/**
 * Whether the chart `coder` of a version knows a key.
 *
 * @internal
 */
export function chartKnows(key: GatedKey, version: string): boolean {
  return semver.gte(version, SINCE[key]);
}

/**
 * The keys in values of the chart `coder` that came only after a version, with the version that brought them.
 *
 * @internal
 */
export function newerChartKeys(
  values: unknown,
  version: string,
): Array<{ key: string; since: string }> {
  return (Object.keys(SINCE) as GatedKey[])
    .filter(key => !chartKnows(key, version) && hasKey(values, key))
    .map(key => ({ key, since: SINCE[key] }));
}

function hasKey(values: unknown, key: string): boolean {
  let node = values;
  for (const part of key.split('.')) {
    if (
      typeof node !== 'object' ||
      node === null ||
      !Object.hasOwn(node, part)
    ) {
      return false;
    }
    node = (node as Record<string, unknown>)[part];
  }
  return node !== undefined;
}

/**
 * A chart of Coder's.
 *
 * @public
 */
export type ChartName =
  | 'coder'
  | 'coder-provisioner'
  | 'coder-observability'
  | 'coder-logstream-kube';

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
