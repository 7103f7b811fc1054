import type { PlannedRelease } from '../architecture/plan';
import type { Endpoint, Flow } from '../network/canReach';

/**
 * An address that stands for what is outside of a cluster.
 * Source: RFC 5737.
 *
 * @internal
 */
export const INTERNET: Endpoint = { kind: 'address', ip: '203.0.113.9' };

/**
 * An address that stands for what is beside a cluster: a database, the Kubernetes API.
 * Source: RFC 1918.
 *
 * @internal
 */
export const INSIDE: Endpoint = { kind: 'address', ip: '10.9.8.7' };

/** @internal */
export const tcp = (port: number): Flow => ({ protocol: 'TCP', port });

/**
 * A pod of a release, by the labels that its chart gives.
 *
 * @internal
 */
export function podOf(
  chart: 'coder' | 'coder-provisioner',
  { namespace, release }: PlannedRelease,
): Endpoint {
  return {
    kind: 'pod',
    namespace,
    labels: {
      'app.kubernetes.io/name': chart,
      'app.kubernetes.io/instance': release,
    },
  };
}
