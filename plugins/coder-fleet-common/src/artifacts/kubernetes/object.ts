/**
 * An object of Kubernetes, as it is written.
 *
 * @internal
 */
export type KubernetesObject = {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [key: string]: unknown;
};

/**
 * Label of everything that belongs to a deployment but is not of Coder's charts.
 *
 * @internal
 */
export const PART_OF_LABEL = 'app.kubernetes.io/part-of';

/**
 * Labels of an object of ours.
 *
 * @internal
 */
export function ownLabels(
  deployment: string,
  component: string,
): Record<string, string> {
  return {
    'app.kubernetes.io/name': `coder-${component}`,
    'app.kubernetes.io/instance': deployment,
    [PART_OF_LABEL]: 'coder-fleet',
  };
}
