import { NODE_METADATA } from '../../artifacts/kubernetes/workspacePolicies';
import { MONITORING_NAMESPACE_LABEL } from '../../artifacts/kubernetes/policy';
import { PORTS } from '../../artifacts/kubernetes/ports';
import { BUNDLE, hasBundle } from '../../artifacts/observability/bundle';
import { bundlePath } from '../../artifacts/observability/bundleFolders';
import { derivedNames } from '../../deployment/names';
import type { Endpoint, Flow } from '../../network/canReach';
import type { NetworkPolicy } from '../../network/networkPolicy';
import { conclude } from '../conclude';
import { REPOSITORY } from '../declared';
import { tcp } from '../endpoints';
import type { RepositoryEvidence } from '../evidence';
import { networkPolicyShape } from '../evidence/kubernetes';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import { declaredObjects, objectsOf, unreadableObjects } from '../manifests';
import { flowCheck } from '../networkPolicies';
import type { Rule } from '../rule';

type Forbidden = [subject: string, to: Endpoint, flow: Flow];

const METADATA: readonly Forbidden[] = NODE_METADATA.map(ip => [
  `the metadata address ${ip}`,
  { kind: 'address', ip },
  tcp(PORTS.metadata),
]);

/** With an address: a block that matches pods as well opens them. */
const MONITORING: readonly Forbidden[] = (
  ['grafana', 'prometheus', 'alertmanager', 'loki'] as const
).map(name => [
  `${name} in ${BUNDLE.namespace}`,
  {
    kind: 'pod',
    namespace: BUNDLE.namespace,
    namespaceLabels: { [MONITORING_NAMESPACE_LABEL]: 'true' },
    labels: { 'app.kubernetes.io/name': name },
    ip: '10.9.8.7',
  },
  tcp(PORTS[name]),
]);

const reach: Rule = {
  id: 'FLT-NET-005',
  chapter: 'networking',
  title:
    'Workspaces reach neither the metadata address of nodes nor the monitoring',
  origin: 'fleet',
  severity: 'high',
  rationale:
    'People run what they like in a workspace: from the metadata address they read the cloud credentials of the node, and from the monitoring the logs and metrics of everybody.',
  remediation: `Apply the NetworkPolicies of the repository in each namespace of workspaces and, with the observability bundle, in ${BUNDLE.namespace} of each cluster; the network plugin has to enforce them.`,
  url: LINKS.securityOutbound,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      declaredObjects(look, repository => [
        ...unreadableObjects(repository),
        ...checks(look, repository),
      ]),
      'Workspaces reach neither metadata of nodes nor the monitoring',
    ),
};

function checks({ plan, spec }: Look, repository: RepositoryEvidence): Check[] {
  const names = derivedNames(plan.name);
  const forbidden = [...METADATA, ...(hasBundle(spec) ? MONITORING : [])];
  return plan.workspaces.regions.flatMap(({ region, cluster }) => {
    const policies = policiesOf(repository, cluster);
    const workspace: Endpoint = {
      kind: 'pod',
      namespace: names.workspacesNamespace(region),
      labels: {},
      ip: '10.9.8.6',
    };
    return forbidden.map(([subject, to, flow]) =>
      flowCheck({
        policies,
        fact: REPOSITORY,
        flow: [`workspaces in ${region} to ${subject}`, workspace, to, flow],
        wanted: 'closed',
      }),
    );
  });
}

/**
 * Policies that stand in a cluster. All namespaces but that of the bundle have names of their own in a fleet; that one
 * is in each cluster, and its folder says in which.
 */
function policiesOf(
  repository: RepositoryEvidence,
  cluster: string,
): NetworkPolicy[] {
  const own = `${bundlePath(cluster)}/`;
  const ofBundle = objectsOf(repository, 'NetworkPolicy', BUNDLE.namespace)
    .filter(
      ({ path }) => path.startsWith(own) || !path.startsWith(bundlePath('')),
    )
    .flatMap(({ object }) => {
      const parsed = networkPolicyShape.safeParse(object);
      return parsed.success ? [parsed.data] : [];
    });
  return [
    ...repository.networkPolicies.filter(
      ({ metadata }) => metadata.namespace !== BUNDLE.namespace,
    ),
    ...ofBundle,
  ];
}

/** @internal */
export const WORKSPACE_REACH_RULES: readonly Rule[] = [reach];
