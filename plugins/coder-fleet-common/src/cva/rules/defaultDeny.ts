import type { NetworkPolicy } from '../../network/networkPolicy';
import { conclude, expect } from '../conclude';
import { REPOSITORY } from '../declared';
import { LINKS } from '../links';
import { policies, POLICIES } from '../networkPolicies';
import type { Rule } from '../rule';

/** @internal */
export const defaultDeny: Rule = {
  id: 'CVA-NET-002',
  chapter: 'networking',
  title: 'NetworkPolicies close what is not needed',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Without a policy every pod of the cluster reaches the control plane, its metrics and its neighbours.',
  remediation:
    'Apply the NetworkPolicies of the repository: a default denial for the namespace and one that opens the needed flows.',
  url: LINKS.cvaNetworking,
  needs: ['spec.plan', REPOSITORY, POLICIES],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const { controlPlane, provisioners, proxies } = look.plan;
    const all = [controlPlane, ...provisioners, ...proxies];
    return conclude(
      policies(look, (found, fact) => {
        // What a cluster has is known of that of the control plane alone
        const releases = fact === REPOSITORY ? all : [controlPlane];
        const closed = new Set(
          found.filter(deniesAll).map(({ metadata }) => metadata.namespace),
        );
        return [...new Set(releases.map(({ namespace }) => namespace))].map(
          namespace =>
            expect(closed.has(namespace), {
              fact,
              subject: `default denial in ${namespace}`,
              seen: closed.has(namespace) ? 'there' : 'none',
              wanted: 'there',
            }),
        );
      }),
      'What is not needed is closed',
    );
  },
};

function deniesAll({ spec }: NetworkPolicy): boolean {
  return (
    selectsAll(spec.podSelector) &&
    spec.policyTypes.length === 2 &&
    !spec.ingress?.length &&
    !spec.egress?.length
  );
}

function selectsAll({
  matchLabels = {},
  matchExpressions = [],
}: NetworkPolicy['spec']['podSelector']): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}
