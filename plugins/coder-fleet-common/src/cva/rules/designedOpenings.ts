import { GATEWAY_NAMESPACE_LABEL } from '../../artifacts/kubernetes/policy';
import { PORTS } from '../../artifacts/kubernetes/ports';
import { BUNDLE } from '../../artifacts/observability/bundle';
import type {
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '../../network/networkPolicy';

/**
 * Whether all peers are pods of namespaces that carry the access URL.
 *
 * @internal
 */
export function areGateways(peers: readonly NetworkPolicyPeer[] = []): boolean {
  return (
    peers.length > 0 &&
    peers.every(
      ({ namespaceSelector }) =>
        namespaceSelector?.matchLabels?.[GATEWAY_NAMESPACE_LABEL] === 'true',
    )
  );
}

/**
 * Whether a way into the namespace of the observability bundle is one that it needs: its parts call each other at ports
 * of many charts, and people come to Grafana through a Gateway.
 *
 * @internal
 */
export function isNeededByBundle(
  namespace: string,
  rule: { from?: readonly NetworkPolicyPeer[] },
  { protocol = 'TCP', port, endPort }: NetworkPolicyPort,
): boolean {
  const { from = [] } = rule;
  return (
    namespace === BUNDLE.namespace &&
    ((from.length > 0 && from.every(isOwnNamespace)) ||
      (areGateways(from) &&
        protocol === 'TCP' &&
        port === PORTS.grafana &&
        (endPort ?? port) === port))
  );
}

function isOwnNamespace({
  podSelector,
  namespaceSelector,
  ipBlock,
}: NetworkPolicyPeer): boolean {
  return podSelector !== undefined && !namespaceSelector && !ipBlock;
}
