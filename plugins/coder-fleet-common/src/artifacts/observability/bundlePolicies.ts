import type { NetworkPolicy } from '../../network/networkPolicy';
import { GATEWAY_NAMESPACE_LABEL, policy, tcp } from '../kubernetes/policy';
import { PORTS } from '../kubernetes/ports';
import { BUNDLE } from './bundle';

/**
 * Policies of the bundle's namespace in a cluster. Prometheus, Alertmanager and Loki ask nobody who one is: they are
 * called from beside them alone. People come to Grafana, which does ask, through a Gateway or an Ingress controller;
 * `kubectl port-forward` comes from the node, which no policy stops. What it calls stays open: it scrapes everything.
 * Source: coder/observability, compiled/resources.yaml: no webhook is called from outside, Grafana's label and port.
 *
 * @internal
 */
export function bundlePolicies(): NetworkPolicy[] {
  return [
    policy(BUNDLE.namespace, 'own-namespace-only', {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }] }],
    }),
    policy(BUNDLE.namespace, 'grafana', {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'grafana' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: { [GATEWAY_NAMESPACE_LABEL]: 'true' },
              },
            },
          ],
          ports: tcp(PORTS.grafana),
        },
      ],
    }),
  ];
}
