import type { DeploymentSpec } from '../../deployment/DeploymentSpec';
import { securityContext } from '../helm/pods';
import { imageOf } from '../images';

/**
 * The chart that streams events of workspace pods into the startup logs of workspaces.
 * Source: coder/coder-logstream-kube, README and helm/values.yaml.
 *
 * @internal
 */
export const LOGSTREAM = {
  chart: 'coder-logstream-kube',
  version: '0.0.15',
  repository: 'https://helm.coder.com/logstream-kube',
  image: 'ghcr.io/coder/coder-logstream-kube',
} as const;

/**
 * Values of the chart `coder-logstream-kube` that we set.
 *
 * @internal
 */
export type LogstreamValues = ReturnType<typeof logstreamValues>;

/**
 * Values of the chart for the workspaces of one region. It stands beside them and watches them alone, so that it
 * needs no rights in the cluster.
 *
 * @internal
 */
export function logstreamValues(spec: DeploymentSpec, namespace: string) {
  return {
    url: spec.accessUrl,
    namespaces: [namespace],
    image: {
      repo: imageOf(spec, LOGSTREAM.image),
      tag: `v${LOGSTREAM.version}`,
      ...(spec.airGap?.pullSecret && {
        pullSecrets: [{ name: spec.airGap.pullSecret }],
      }),
    },
    resources: {
      requests: { cpu: '50m', memory: '64Mi' },
      limits: { cpu: '250m', memory: '256Mi' },
    },
    securityContext: {
      ...securityContext(),
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
    },
  };
}
