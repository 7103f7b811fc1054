import { WAVE_ANNOTATION } from '../gitops/waves';
import type { KubernetesObject } from './object';
import { PART_OF_LABEL } from './object';

/**
 * How much pods of a namespace may do.
 * Source: Kubernetes, Pod Security Standards.
 */
type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/**
 * A namespace with the Pod Security level that is enforced, and warnings of the strictest one; none where everything is
 * allowed.
 *
 * @internal
 */
export function namespace(
  name: string,
  level: PodSecurityLevel,
  labels: Record<string, string> = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        [PART_OF_LABEL]: 'coder-fleet',
        'pod-security.kubernetes.io/enforce': level,
        ...(level !== 'privileged' && {
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/audit': 'restricted',
        }),
        ...labels,
      },
      // Before everything that stands in it
      annotations: { [WAVE_ANNOTATION]: '-1' },
    },
  };
}
