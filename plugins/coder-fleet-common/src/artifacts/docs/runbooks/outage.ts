import { clustersOf } from '../../gitops/clusters';
import { kubectl, numbered, shell } from '../shell';
import type { RunbookContext } from './context';

/** @internal */
export function outageRunbook({ deployment, plan }: RunbookContext): string[] {
  const { spec } = deployment;
  const home = kubectl(plan.controlPlane);
  return [
    '## Outage',
    ...numbered([
      [
        `Is it reached at all? \`curl --fail ${spec.accessUrl}/healthz\`. If not: DNS, certificate, load balancer, then the pods.`,
        shell(
          `${home} get pods --selector app.kubernetes.io/name=coder --output wide`,
          `${home} logs --selector app.kubernetes.io/name=coder --tail 100`,
          `${home} get events --sort-by .lastTimestamp`,
        ),
      ],
      [
        'Pending pods: the node group of the control plane lacks its label and taint, or room (README, Node groups).',
      ],
      [
        '"database": does it answer from a pod, in less than 10 ms? Connections at their limit: `max_connections` of the plan.',
      ],
      [
        'Builds hang: are provisioners connected, with the minor version of the server, and does a job find one with its tags?',
        ...(plan.provisioners.length > 0
          ? [
              shell(
                ...plan.provisioners.map(
                  release =>
                    `${kubectl(release)} get pods --selector app.kubernetes.io/name=coder-provisioner`,
                ),
              ),
            ]
          : []),
      ],
      ...(spec.delivery?.type === 'flux'
        ? [
            [
              'A HelmRelease that failed once stays so until its cause is gone and it is told:',
              shell(
                ...clustersOf(spec.regions).map(
                  cluster =>
                    `flux get helmreleases --all-namespaces --status-selector ready=false --context ${cluster}`,
                ),
                `flux reconcile helmrelease NAME --reset --force --context ${plan.controlPlane.cluster} --namespace NAMESPACE`,
              ),
            ],
          ]
        : []),
      [
        `For Coder's support: \`coder support bundle\`, and what the portal says of this deployment. It is at ${spec.accessUrl}; see docs/support.md.`,
      ],
    ]),
  ];
}
