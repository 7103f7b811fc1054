import { PlanOptions, plan as planOf } from '../architecture/plan';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { ARTIFACT_PATHS, Artifact, sha256Hex } from './artifact';
import { catalogInfo } from './catalogInfo';
import { ChartName, unknownChartKeys } from './helm/chartKeys';
import { controlPlaneValues } from './helm/controlPlane';
import { provisionersValues } from './helm/provisioners';
import { proxyValues } from './helm/proxy';
import type { HelmValues } from './helm/values';
import { kubernetesManifests } from './kubernetes/manifests';
import { RENDERER_VERSION, createLock, formatLock } from './lock';
import { readme } from './readme';
import { toYaml } from './yaml';

/**
 * Renders all artifacts of a deployment, the lock last. Pure and deterministic: the same deployment
 * gives the same bytes, and so does the deployment read back from its own rendered file.
 * Throws an `InputError` when no validated architecture covers the load.
 *
 * @public
 */
export function render(
  deployment: CoderDeployment,
  options: PlanOptions = {},
): Artifact[] {
  const plan = planOf(deployment, options);
  const specText = `# The specification of this deployment. Edit this file; all others are rendered from it.\n${toYaml(
    deployment,
  )}`;
  const header =
    `# Rendered by Coder Fleet ${RENDERER_VERSION} from ${ARTIFACT_PATHS.deployment} ` +
    `(${sha256Hex(specText).slice(0, 12)}). Edits belong there.\n`;

  const artifacts: Artifact[] = [
    { path: ARTIFACT_PATHS.deployment, content: specText },
    {
      path: ARTIFACT_PATHS.catalogInfo,
      content: header + catalogInfo(deployment),
    },
    {
      path: ARTIFACT_PATHS.controlPlaneValues,
      content:
        header + valuesFile(controlPlaneValues(deployment, plan), 'coder'),
    },
    ...plan.provisioners.map(provisioners => ({
      path: ARTIFACT_PATHS.provisionersValues(provisioners.region),
      content:
        header +
        valuesFile(
          provisionersValues({ deployment, plan, provisioners }),
          'coder-provisioner',
        ),
    })),
    ...plan.proxies.map(proxy => ({
      path: ARTIFACT_PATHS.proxyValues(proxy.region),
      content:
        header + valuesFile(proxyValues({ deployment, plan, proxy }), 'coder'),
    })),
    ...kubernetesManifests(plan).map(({ path, content }) => ({
      path,
      content: header + content,
    })),
    { path: ARTIFACT_PATHS.readme, content: readme(deployment, plan) },
  ];
  return [
    ...artifacts,
    {
      path: ARTIFACT_PATHS.lock,
      content: formatLock(createLock(artifacts, plan.cvaGeneration)),
    },
  ];
}

/** The chart would ignore a key that it does not know: that is a mistake of ours. */
function valuesFile(values: HelmValues, chart: ChartName): string {
  const unknown = unknownChartKeys(values, chart);
  if (unknown.length > 0) {
    throw new Error(`Chart ${chart} does not know ${unknown.join(', ')}`);
  }
  return toYaml(values);
}
