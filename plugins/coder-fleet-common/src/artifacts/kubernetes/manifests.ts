import {
  placeOf,
  type Plan,
  type PlannedRelease,
} from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { backupFolder } from '../backup/jobs';
import { clustersOf } from '../gitops/clusters';
import { databaseFolder } from './database';
import { certificates, publicService } from './exposure';
import { bundleFolders } from '../observability/bundleFolders';
import { DASHBOARD_LABEL, dashboards } from '../observability/dashboards';
import type { PlacedFolder } from './folder';
import { metricsObjects, prometheusRules } from './monitoring';
import { namespace } from './namespace';
import {
  controlPlanePolicies,
  provisionersPolicies,
  proxyPolicies,
} from './networkPolicies';
import type { KubernetesObject } from './object';
import { podDisruptionBudget } from './podDisruptionBudget';
import { workspacesFolder } from './workspaces';

/**
 * The manifests that go beside the Helm releases, a folder each: what the charts do not bring.
 *
 * @internal
 */
export function kubernetesFolders(
  deployment: CoderDeployment,
  plan: Plan,
): PlacedFolder[] {
  const { controlPlane } = plan;
  const { spec } = deployment;
  const database = databaseFolder(deployment, plan);
  const proxyUrls = (region: string) =>
    spec.regions.find(({ name }) => name === region)?.proxy;
  return [
    {
      path: 'kubernetes/control-plane',
      cluster: controlPlane.cluster,
      files: [
        ['namespace.yaml', [namespace(controlPlane.namespace, 'restricted')]],
        [
          'network-policies.yaml',
          objects(controlPlanePolicies(deployment, plan)),
        ],
        ['pod-disruption-budget.yaml', budgetOf('coder', controlPlane)],
        [
          'metrics.yaml',
          metricsObjects({ deployment, chart: 'coder', release: controlPlane }),
        ],
        ['alerts.yaml', prometheusRules(deployment, plan)],
        [
          'certificate.yaml',
          certificates({ deployment, release: controlPlane, urls: spec }),
        ],
        [
          'service.yaml',
          publicService({ deployment, release: controlPlane, urls: spec }),
        ],
      ],
      configMaps: dashboardMaps(deployment, plan),
    },
    ...(database ? [{ ...database, cluster: controlPlane.cluster }] : []),
    { ...backupFolder(deployment, plan), cluster: controlPlane.cluster },
    ...plan.provisioners.map((release): PlacedFolder => ({
      path: `kubernetes/provisioners/${placeOf(release)}`,
      cluster: release.cluster,
      files: [
        [
          'namespace.yaml',
          release.namespace === controlPlane.namespace
            ? []
            : [namespace(release.namespace, 'restricted')],
        ],
        [
          'network-policies.yaml',
          objects(provisionersPolicies(deployment, plan, release)),
        ],
        ['pod-disruption-budget.yaml', budgetOf('coder-provisioner', release)],
        [
          'metrics.yaml',
          metricsObjects({ deployment, chart: 'coder-provisioner', release }),
        ],
      ],
    })),
    ...plan.proxies.map((release): PlacedFolder => ({
      path: `kubernetes/proxies/${release.region}`,
      cluster: release.cluster,
      files: [
        ['namespace.yaml', [namespace(release.namespace, 'restricted')]],
        [
          'network-policies.yaml',
          objects(proxyPolicies(deployment, plan, release)),
        ],
        ['pod-disruption-budget.yaml', budgetOf('coder', release)],
        [
          'metrics.yaml',
          metricsObjects({ deployment, chart: 'coder', release }),
        ],
        [
          'certificate.yaml',
          certificates({
            deployment,
            release,
            urls: proxyUrls(release.region) ?? spec,
          }),
        ],
        [
          'service.yaml',
          publicService({
            deployment,
            release,
            urls: proxyUrls(release.region) ?? spec,
          }),
        ],
      ],
    })),
    ...plan.workspaces.regions.map(region => ({
      ...workspacesFolder(deployment, plan, region),
      cluster: region.cluster,
    })),
    ...bundleFolders(deployment, clustersOf(spec.regions)),
  ];
}

/** A dashboard has a ConfigMap of its own: one may have 1 MiB at most. */
function dashboardMaps(
  { spec }: CoderDeployment,
  plan: Plan,
): PlacedFolder['configMaps'] {
  return spec.observability?.type === 'prometheus-operator'
    ? dashboards(plan, spec).map(file => ({
        name: `coder-${file.name.replace('.json', '')}`,
        namespace: plan.controlPlane.namespace,
        labels: DASHBOARD_LABEL,
        files: [file],
      }))
    : [];
}

/** Typed more narrowly where they are made. */
function objects(manifests: readonly unknown[]): KubernetesObject[] {
  return manifests as KubernetesObject[];
}

/** With a single replica a budget would only block the drain of its node. */
function budgetOf(
  chart: 'coder' | 'coder-provisioner',
  release: PlannedRelease,
): KubernetesObject[] {
  return release.replicas.value > 1
    ? [podDisruptionBudget(chart, release)]
    : [];
}
