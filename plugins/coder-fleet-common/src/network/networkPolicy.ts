/**
 * A label selector of Kubernetes. An empty one selects everything.
 *
 * @public
 */
export type LabelSelector = {
  matchLabels?: Record<string, string>;
  matchExpressions?: Array<{
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    values?: string[];
  }>;
};

/**
 * One side of a rule: pods by labels, or addresses.
 *
 * @public
 */
export type NetworkPolicyPeer = {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string; except?: string[] };
};

/**
 * A port of a rule: number, range or name of a container's port.
 *
 * @public
 */
export type NetworkPolicyPort = {
  protocol?: 'TCP' | 'UDP';
  port?: number | string;
  endPort?: number;
};

/**
 * A NetworkPolicy of `networking.k8s.io/v1`.
 *
 * @public
 */
export type NetworkPolicy = {
  apiVersion: 'networking.k8s.io/v1';
  kind: 'NetworkPolicy';
  metadata: {
    name: string;
    namespace: string;
    labels?: Record<string, string>;
  };
  spec: {
    podSelector: LabelSelector;
    policyTypes: Array<'Ingress' | 'Egress'>;
    ingress?: Array<{
      from?: NetworkPolicyPeer[];
      ports?: NetworkPolicyPort[];
    }>;
    egress?: Array<{ to?: NetworkPolicyPeer[]; ports?: NetworkPolicyPort[] }>;
  };
};
