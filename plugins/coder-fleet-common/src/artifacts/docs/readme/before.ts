import { placeOf, type Plan } from '../../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../../deployment/DeploymentSpec';
import { clustersOf } from '../../gitops/clusters';
import { CNPG_OPERATOR_NAMESPACE } from '../../kubernetes/database';
import { DATABASE_OPERATOR_NAMESPACE_LABEL } from '../../kubernetes/policy';
import { hasBundle } from '../../observability/bundle';
import { markdownTable } from '../../markdown';
import { kubectl } from '../shell';

/**
 * What has to be there before the first command, and which cluster is which.
 *
 * @internal
 */
export function beforeSection(
  { spec }: CoderDeployment,
  plan: Plan,
): readonly string[] {
  const clusters = clustersOf(spec.regions);
  const [home] = clusters;
  return [
    '## Before you begin',
    'On your machine: `kubectl` 1.25 or newer, `make`, Helm 3.13 or newer' +
      `${spec.delivery?.type === 'flux' ? ', the `flux` command' : ''}, and what builds images (here \`docker\`). In ${clusters.length > 1 ? 'each cluster' : 'the cluster'}:`,
    operators(spec)
      .map(item => `- ${item}`)
      .join('\n'),
    `${clusters.length > 1 ? 'Each command says for which cluster it is' : 'Commands say for which cluster they are'}, by a kubectl context of the same name. Give yours that name (\`kubectl config rename-context YOURS ${home}\`); \`make\` takes another one, too: \`make ${contextVariable(home)}=YOURS …\`.`,
    markdownTable(
      ['Cluster and context', 'region', 'what goes there', 'its namespaces'],
      clusters.map(cluster => [
        `\`${cluster}\``,
        spec.regions
          .filter(region => region.cluster === cluster)
          .map(({ name }) => `\`${name}\``)
          .join(', '),
        partsOf(spec, plan, cluster).join(', '),
        namespacesOf(plan, cluster)
          .map(namespace => `\`${namespace}\``)
          .join(', '),
      ]),
    ),
  ];
}

/** The variable of the Makefile that names the context of a cluster. */
function contextVariable(cluster: string): string {
  return `CONTEXT_${cluster.replace(/-/g, '_')}`;
}

/** Those of the control plane, of provisioners and of proxies. */
function namespacesOf(plan: Plan, cluster: string): string[] {
  return [
    ...new Set(
      [plan.controlPlane, ...plan.provisioners, ...plan.proxies]
        .filter(release => release.cluster === cluster)
        .map(({ namespace }) => namespace),
    ),
  ];
}

function operators(spec: DeploymentSpec): string[] {
  const { exposure, delivery, database, observability } = spec;
  return [
    'nodes as [Node groups](#node-groups) says, and a default StorageClass',
    'a network plugin that enforces NetworkPolicies, of outgoing connections as well: [Network of workspaces](#network-of-workspaces). With some clouds that has to be switched on',
    ...(delivery?.type === 'flux'
      ? [
          'Flux 2.3 or newer in `flux-system`, with source, kustomize and helm controller (`flux check`)',
        ]
      : []),
    ...(delivery?.type === 'argo-cd'
      ? [
          'nothing of Argo CD itself. It may run anywhere, is 3.0 or newer (an older one, from 2.6 on, needs `application.resourceTrackingMethod: annotation` in `argocd-cm`: else it writes over the label `app.kubernetes.io/instance`), reads the repository, and knows the cluster by its name here (`argocd cluster list`)',
        ]
      : []),
    ...(exposure?.type === 'ingress'
      ? [
          `an Ingress controller${exposure.className ? ` of the class \`${exposure.className}\`` : ', with a default class'}`,
        ]
      : []),
    ...(exposure?.type === 'gateway'
      ? [
          `the CRDs of the Gateway API, a controller for them, and the Gateway \`${exposure.gateway!.name}\` in \`${exposure.gateway!.namespace}\`: [Names and certificates](#names-and-certificates)`,
        ]
      : []),
    ...(exposure?.tls?.issuer && exposure.type !== 'gateway'
      ? [
          `cert-manager with the ${exposure.tls.issuer.kind} \`${exposure.tls.issuer.name}\``,
        ]
      : []),
    ...(database.type === 'cloudnative-pg'
      ? [
          `in \`${spec.regions[0].cluster}\` the operator CloudNativePG${database.objectStore ? ' and its barman-cloud plugin' : ''}. The NetworkPolicies let it in from \`${CNPG_OPERATOR_NAMESPACE}\`; label another namespace: \`${kubectl({ cluster: spec.regions[0].cluster })} label namespace OPERATOR ${DATABASE_OPERATOR_NAMESPACE_LABEL}=true\``,
        ]
      : []),
    ...(observability?.type === 'prometheus-operator'
      ? ['the Prometheus operator']
      : []),
  ];
}

function partsOf(spec: DeploymentSpec, plan: Plan, cluster: string): string[] {
  const provisioners = plan.provisioners.filter(
    release => release.cluster === cluster,
  );
  return [
    ...(plan.controlPlane.cluster === cluster
      ? [
          'the control plane',
          ...(spec.database.type === 'cloudnative-pg' ? ['the database'] : []),
          'backups',
        ]
      : []),
    ...(provisioners.length > 0
      ? [`provisioners of ${provisioners.map(placeOf).join(', ')}`]
      : []),
    ...plan.proxies
      .filter(release => release.cluster === cluster)
      .map(({ region }) => `the workspace proxy of ${region}`),
    'workspaces',
    ...(hasBundle(spec) ? ['observability'] : []),
  ];
}
