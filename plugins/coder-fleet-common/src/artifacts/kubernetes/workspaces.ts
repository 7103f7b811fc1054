import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { derivedNames } from '../../deployment/names';
import type { Folder } from './folder';
import { namespace } from './namespace';
import type { KubernetesObject } from './object';
import { ownLabels } from './object';
import { workspacePolicies } from './workspacePolicies';

/**
 * Namespaces of the workspaces, region by region.
 *
 * @internal
 */
export function workspaceNamespaces({ name, workspaces }: Plan): string[] {
  const names = derivedNames(name);
  return workspaces.regions.map(({ region }) =>
    names.workspacesNamespace(region),
  );
}

/** As many workspaces more as are replaced at the same time: a pod that ends and its successor count both. */
const QUOTA_MARGIN = 1.2;

/**
 * Rights that a build of workspaces needs.
 * Source: chart `coder`, role of `serviceAccount.workspacePerms` and `enableDeployments`.
 */
const WORKSPACE_RULES = [
  { apiGroups: [''], resources: ['pods', 'persistentvolumeclaims'] },
  { apiGroups: ['apps'], resources: ['deployments'] },
].map(rule => ({
  ...rule,
  verbs: [
    'create',
    'delete',
    'deletecollection',
    'get',
    'list',
    'patch',
    'update',
    'watch',
  ],
}));

/** The service accounts that the charts make. */
const BUILDER_ACCOUNTS = { coder: 'coder', provisioners: 'coder-provisioner' };

/**
 * A region's namespace of workspaces: who may build there, how much all of them may take, what one gets
 * that asks for nothing, who calls them, and what they may call.
 *
 * @internal
 */
export function workspacesFolder(
  { spec }: CoderDeployment,
  plan: Plan,
  region: Plan['workspaces']['regions'][number],
): Folder {
  const name = derivedNames(plan.name).workspacesNamespace(region.region);
  const labels = ownLabels(plan.name, 'workspaces');
  return {
    path: `kubernetes/workspaces/${region.region}`,
    files: [
      ['namespace.yaml', [namespace(name, 'baseline')]],
      ['resource-quota.yaml', [resourceQuota(plan, region, name, labels)]],
      ['limit-range.yaml', [limitRange(plan, name, labels)]],
      ['rbac.yaml', rbac(plan, region.region, name, labels)],
      [
        'network-policies.yaml',
        workspacePolicies(spec, name) as KubernetesObject[],
      ],
    ],
  };
}

function resourceQuota(
  plan: Plan,
  region: Plan['workspaces']['regions'][number],
  name: string,
  labels: Record<string, string>,
): KubernetesObject {
  const { cpuMillis, memoryGiB } = plan.workspaces.container.value;
  const pods = Math.ceil(region.running.value * QUOTA_MARGIN);
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'workspaces', namespace: name, labels },
    spec: {
      hard: {
        pods: String(pods),
        'requests.cpu': `${pods * cpuMillis}m`,
        'requests.memory': `${Math.ceil(pods * memoryGiB * 1024)}Mi`,
        // A stopped workspace keeps its volume
        persistentvolumeclaims: String(Math.max(pods, plan.load.users.value)),
        'services.loadbalancers': '0',
        'services.nodeports': '0',
      },
    },
  };
}

function limitRange(
  plan: Plan,
  name: string,
  labels: Record<string, string>,
): KubernetesObject {
  const { cpuMillis, memoryGiB } = plan.workspaces.container.value;
  const size = {
    cpu: `${cpuMillis}m`,
    memory: `${Math.ceil(memoryGiB * 1024)}Mi`,
  };
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'workspaces', namespace: name, labels },
    spec: {
      limits: [{ type: 'Container', default: size, defaultRequest: size }],
    },
  };
}

/** The rights are of this namespace alone: whoever builds workspaces needs none beside the control plane. */
function rbac(
  plan: Plan,
  region: string,
  name: string,
  labels: Record<string, string>,
): KubernetesObject[] {
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'coder-workspace-builder', namespace: name, labels },
      rules: WORKSPACE_RULES,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'coder-workspace-builder', namespace: name, labels },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: 'coder-workspace-builder',
      },
      subjects: buildersOf(plan, region).map(builder => ({
        kind: 'ServiceAccount',
        ...builder,
      })),
    },
  ];
}

/** Who builds a region's workspaces: its provisioners, else those inside the control plane. */
function buildersOf(
  plan: Plan,
  region: string,
): Array<{ name: string; namespace: string }> {
  const provisioners = plan.provisioners.filter(
    release => release.region === region,
  );
  return provisioners.length > 0
    ? provisioners.map(release => ({
        name: BUILDER_ACCOUNTS.provisioners,
        namespace: release.namespace,
      }))
    : [
        {
          name: BUILDER_ACCOUNTS.coder,
          namespace: plan.controlPlane.namespace,
        },
      ];
}
