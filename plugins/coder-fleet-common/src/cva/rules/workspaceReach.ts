import { NODE_METADATA } from '../../artifacts/kubernetes/workspacePolicies';
import { MONITORING_NAMESPACE_LABEL } from '../../artifacts/kubernetes/policy';
import { PORTS } from '../../artifacts/kubernetes/ports';
import { BUNDLE, hasBundle } from '../../artifacts/observability/bundle';
import {
  BUNDLE_FOLDER,
  bundlePath,
} from '../../artifacts/observability/bundleFolders';
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
import { closedToWorkspaces } from '../networkPolicies';
import type { Rule } from '../rule';

type Forbidden = [subject: string, to: Endpoint, flow: Flow];

const METADATA: readonly Forbidden[] = NODE_METADATA.map(ip => [
  `the metadata address ${ip}`,
  { kind: 'address', ip },
  tcp(PORTS.metadata),
]);

/** Of a pod: a block of addresses may match it as well. */
const POD_ADDRESS = '10.9.8.6';

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
    'Workspaces reach neither metadata of nodes nor the observability bundle',
  origin: 'fleet',
  severity: 'high',
  rationale:
    'People run what they like in a workspace: from the metadata addresses they read the cloud credentials of the node, and from the bundle the logs and metrics of everybody. Another monitoring is not of this repository, so nothing is said of it.',
  remediation: `Apply the NetworkPolicies of the repository in each namespace of workspaces and, with the observability bundle, in ${BUNDLE.namespace} of each cluster; the network plugin has to enforce them. Waive a warning where a policy of yours opens for some pods what gives nothing of the node.`,
  url: LINKS.securityOutbound,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge: look =>
    conclude(
      declaredObjects(look, repository => [
        ...unreadableObjects(repository),
        ...checks(look, repository),
      ]),
      hasBundle(look.spec)
        ? 'Workspaces reach neither metadata of nodes nor the observability bundle'
        : 'Workspaces do not reach metadata of nodes. The monitoring is not of this repository: whether they reach it is not known',
    ),
};

function checks({ plan, spec }: Look, repository: RepositoryEvidence): Check[] {
  const names = derivedNames(plan.name);
  const forbidden = [...METADATA, ...(hasBundle(spec) ? MONITORING : [])];
  const policiesIn = policiesByCluster(repository);
  return plan.workspaces.regions.flatMap(({ region, cluster }) => {
    const policies = policiesIn(cluster);
    return forbidden.map(([subject, to, flow]) =>
      closedToWorkspaces({
        policies,
        subject: `workspaces in ${region} to ${subject}`,
        namespace: names.workspacesNamespace(region),
        connect: pod => [{ ...pod, ip: POD_ADDRESS }, to, flow],
      }),
    );
  });
}

/**
 * Policies that stand in a cluster. All namespaces but that of the bundle have names of their own in a fleet; that one
 * is in each cluster, and its folder says in which.
 */
function policiesByCluster(
  repository: RepositoryEvidence,
): (cluster: string) => NetworkPolicy[] {
  const others = repository.networkPolicies.filter(
    ({ metadata }) => metadata.namespace !== BUNDLE.namespace,
  );
  const ofBundle = objectsOf(
    repository,
    'NetworkPolicy',
    BUNDLE.namespace,
  ).flatMap(({ path, object }) => {
    const parsed = networkPolicyShape.safeParse(object);
    return parsed.success ? [{ path, policy: parsed.data }] : [];
  });
  return cluster => [
    ...others,
    ...ofBundle
      .filter(
        ({ path }) =>
          path.startsWith(`${bundlePath(cluster)}/`) ||
          !path.startsWith(`${BUNDLE_FOLDER}/`),
      )
      .map(({ policy }) => policy),
  ];
}

/** @internal */
export const WORKSPACE_REACH_RULES: readonly Rule[] = [reach];
