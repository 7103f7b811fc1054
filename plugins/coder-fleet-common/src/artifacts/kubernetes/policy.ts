import { ANNOTATION_PREFIX } from '../../annotations';
import type {
  NetworkPolicy,
  NetworkPolicyPort,
} from '../../network/networkPolicy';
import { PORTS } from './ports';

/**
 * Label of the namespaces that Prometheus scrapes from.
 *
 * @public
 */
export const MONITORING_NAMESPACE_LABEL = `${ANNOTATION_PREFIX}/monitoring`;

/**
 * Label of the namespaces whose pods carry the access URL: of a Gateway, or of an Ingress controller.
 *
 * @public
 */
export const GATEWAY_NAMESPACE_LABEL = `${ANNOTATION_PREFIX}/gateway`;

/**
 * Label of the namespace that the operator of the database cluster runs in, where it is not the one of its manifests.
 *
 * @internal
 */
export const DATABASE_OPERATOR_NAMESPACE_LABEL = `${ANNOTATION_PREFIX}/database-operator`;

/** @internal */
export type Egress = NonNullable<NetworkPolicy['spec']['egress']>[number];
/** @internal */
export type Ingress = NonNullable<NetworkPolicy['spec']['ingress']>[number];

/** @internal */
export const tcp = (...ports: number[]): NetworkPolicyPort[] =>
  ports.map(port => ({ protocol: 'TCP', port }));
/** @internal */
export const udp = (...ports: number[]): NetworkPolicyPort[] =>
  ports.map(port => ({ protocol: 'UDP', port }));

/**
 * Names are resolved by pods of any namespace or by the node's own resolver.
 *
 * @internal
 */
export const TO_DNS: Egress = { ports: [...udp(PORTS.dns), ...tcp(PORTS.dns)] };

/**
 * Metrics are read from namespaces of the monitoring alone.
 *
 * @internal
 */
export function fromPrometheus(port: number): Ingress {
  return {
    from: [
      {
        namespaceSelector: {
          matchLabels: { [MONITORING_NAMESPACE_LABEL]: 'true' },
        },
      },
    ],
    ports: tcp(port),
  };
}

/** @internal */
export function policy(
  namespace: string,
  name: string,
  spec: NetworkPolicy['spec'],
): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec,
  };
}
