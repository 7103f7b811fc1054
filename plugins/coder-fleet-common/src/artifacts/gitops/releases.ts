import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { ARTIFACT_PATHS } from '../artifact';
import { ChartName } from '../helm/chartKeys';
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
  version: string;
  wave: number;
  valuesPath: string;
  values: HelmValues;
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
  return [
    {
      name: controlPlane.release,
      namespace: controlPlane.namespace,
      cluster: controlPlane.cluster,
      chart: 'coder',
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
      version,
      wave: WAVES.regions,
      valuesPath: ARTIFACT_PATHS.provisionersValues(provisioners.region),
      values: provisionersValues({ deployment, plan, provisioners }),
    })),
    ...plan.proxies.map((proxy): RenderedRelease => ({
      name: proxy.release,
      namespace: proxy.namespace,
      cluster: proxy.cluster,
      chart: 'coder',
      version,
      wave: WAVES.regions,
      valuesPath: ARTIFACT_PATHS.proxyValues(proxy.region),
      values: proxyValues({ deployment, plan, proxy }),
    })),
  ];
}
