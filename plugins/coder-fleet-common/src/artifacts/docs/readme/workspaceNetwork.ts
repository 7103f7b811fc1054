import type { Plan } from '../../../architecture/plan';
import { COMMON_METADATA_ADDRESS as METADATA } from '../../../network/metadataAddresses';
import { workspaceNamespaces } from '../../kubernetes/workspaces';
import { BUNDLE } from '../../observability/bundle';
import { shell } from '../shell';

/**
 * What workspaces reach and what not, and how what some of them need besides is opened.
 * Source: GKE, "Control communication between Pods and Services using network policies", on the metadata server.
 *
 * @internal
 */
export function workspaceNetworkSection(plan: Plan): readonly string[] {
  const [namespace] = workspaceNamespaces(plan);
  return [
    '## Network of workspaces',
    `Nobody calls workspaces, and they call everything but the metadata addresses of nodes (\`${METADATA}\`, and those that single clouds have besides), where a cloud gives out the credentials of the node, and the observability bundle in \`${BUNDLE.namespace}\`. Only a network plugin that enforces NetworkPolicies makes it so. Try it in the terminal of a workspace: this must not connect.`,
    shell(`curl --max-time 5 http://${METADATA}/`),
    `Policies add up: what some workspaces need besides, a policy of your own opens, in their namespace and for the pods with a label of your template. Workload Identity of GKE answers at the metadata address. Where all node pools have its metadata server (\`--workload-metadata=GKE_METADATA\`), it gives a pod its own identity and nothing of the node, and this opens it. No rule sees what answers there: FLT-NET-005 warns until you waive it.`,
    [
      '```yaml',
      'apiVersion: networking.k8s.io/v1',
      'kind: NetworkPolicy',
      'metadata:',
      '  name: workload-identity',
      `  namespace: ${namespace}`,
      'spec:',
      '  podSelector: { matchLabels: { YOUR_LABEL: "true" } }',
      '  policyTypes: [Egress]',
      '  egress:',
      `    - to: [{ ipBlock: { cidr: ${METADATA}/32 } }]`,
      '      ports: [{ protocol: TCP, port: 80 }]',
      '```',
    ].join('\n'),
    'Without Dataplane V2 GKE needs no such policy: requests end at `169.254.169.252`, which is open. Nor do EKS Pod Identity, IAM roles for service accounts and Workload Identity of Azure.',
  ];
}
