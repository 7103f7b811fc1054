import { placeOf, type Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { ARTIFACT_PATHS } from '../artifact';
import { ChartName } from '../helm/chartKeys';
import { chartRepository } from '../images';
import {
  BUNDLE,
  BundleValues,
  bundleValues,
  hasBundle,
} from '../observability/bundle';
import {
  LOGSTREAM,
  LogstreamValues,
  logstreamValues,
} from '../observability/logstream';
import { derivedNames } from '../../deployment/names';
import { clustersOf } from './clusters';
import { controlPlaneValues } from '../helm/controlPlane';
import { provisionersValues } from '../helm/provisioners';
import { proxyValues } from '../helm/proxy';
import type { HelmValues } from '../helm/values';
import { WAVES } from './waves';

/**
 * One Helm release: what is installed where, with which values. `wave` is the order: a later one needs
 * those before.
 *
 * @internal
 */
export type RenderedRelease = {
  name: string;
  namespace: string;
  cluster: string;
  chart: ChartName;
  repository: { name: string; url: string };
  version: string;
  wave: number;
  valuesPath: string;
  values: HelmValues | BundleValues | LogstreamValues;
};

/**
 * Every Helm release of a deployment, in the order in which they are installed.
 *
 * @internal
 */
export function releasesOf(
  deployment: CoderDeployment,
  plan: Plan,
): RenderedRelease[] {
  const version = plan.release.version.value;
  const { controlPlane } = plan;
  const repository = {
    name: 'coder-v2',
    url: chartRepository(deployment.spec),
  };
  return [
    {
      name: controlPlane.release,
      namespace: controlPlane.namespace,
      cluster: controlPlane.cluster,
      chart: 'coder',
      repository,
      version,
      wave: WAVES.controlPlane,
      valuesPath: ARTIFACT_PATHS.controlPlaneValues,
      values: controlPlaneValues(deployment, plan),
    },
    ...plan.provisioners.map((provisioners): RenderedRelease => ({
      name: provisioners.release,
      namespace: provisioners.namespace,
      cluster: provisioners.cluster,
      chart: 'coder-provisioner',
      repository,
      version,
      wave: WAVES.regions,
      valuesPath: ARTIFACT_PATHS.provisionersValues(placeOf(provisioners)),
      values: provisionersValues({ deployment, plan, provisioners }),
    })),
    ...plan.proxies.map((proxy): RenderedRelease => ({
      name: proxy.release,
      namespace: proxy.namespace,
      cluster: proxy.cluster,
      chart: 'coder',
      repository,
      version,
      wave: WAVES.regions,
      valuesPath: ARTIFACT_PATHS.proxyValues(proxy.region),
      values: proxyValues({ deployment, plan, proxy }),
    })),
    ...addOns(deployment, plan),
  ];
}

/** What stands beside Coder and has a chart of its own. */
function addOns({ metadata, spec }: CoderDeployment, plan: Plan) {
  const names = derivedNames(metadata.name);
  const repositoryOf = (chart: { chart: string; repository: string }) => ({
    name: chart.chart,
    // A mirror has all charts in one place
    url: spec.airGap?.chartRepository ?? chart.repository,
  });
  const bundles = clustersOf(hasBundle(spec) ? spec.regions : []);
  const streamed = spec.observability?.logstream ? plan.workspaces.regions : [];
  return [
    ...bundles.map((cluster): RenderedRelease => ({
      name: BUNDLE.chart,
      namespace: BUNDLE.namespace,
      cluster,
      chart: BUNDLE.chart,
      repository: repositoryOf(BUNDLE),
      version: BUNDLE.version,
      wave: WAVES.regions,
      valuesPath: ARTIFACT_PATHS.observabilityValues(cluster),
      values: bundleValues(plan, cluster),
    })),
    ...streamed.map(({ region, cluster }): RenderedRelease => ({
      name: names.logstreamRelease(region),
      namespace: names.workspacesNamespace(region),
      cluster,
      chart: LOGSTREAM.chart,
      repository: repositoryOf(LOGSTREAM),
      version: LOGSTREAM.version,
      wave: WAVES.regions,
      valuesPath: ARTIFACT_PATHS.logstreamValues(region),
      values: logstreamValues(spec, names.workspacesNamespace(region)),
    })),
  ];
}

/**
 * The repositories that releases take their charts from, each once.
 *
 * @internal
 */
export function chartRepositoriesOf(
  releases: readonly RenderedRelease[],
): Array<RenderedRelease['repository']> {
  return [
    ...new Map(
      releases.map(({ repository }) => [repository.name, repository]),
    ).values(),
  ];
}

/**
 * The command that installs or upgrades a release. `context` is a kubectl context, where it is not the present one.
 *
 * @internal
 */
export function helmUpgrade(
  release: RenderedRelease,
  context?: string,
): string {
  return [
    `helm upgrade --install ${release.name} ${release.repository.name}/${release.chart}`,
    ...(context ? [`--kube-context ${context}`] : []),
    `--namespace ${release.namespace}`,
    `--version ${release.version}`,
    `--values ${release.valuesPath}`,
  ].join(' ');
}
