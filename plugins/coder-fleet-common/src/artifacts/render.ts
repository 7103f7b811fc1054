import { InputError } from '@backstage/errors';
import { PlanOptions, plan as planOf } from '../architecture/plan';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { ARTIFACT_PATHS, Artifact, sha256Hex } from './artifact';
import { bootstrapFolder } from './bootstrap/bootstrap';
import { catalogInfo } from './catalogInfo';
import { newerChartKeys, unknownChartKeys } from './helm/chartKeys';
import { argoCdFolder } from './gitops/argoCd';
import { clusterFolders, clustersOf } from './gitops/clusters';
import { makefile } from './gitops/makefile';
import { type RenderedRelease, releasesOf } from './gitops/releases';
import { renderFolder } from './kubernetes/folder';
import { kubernetesFolders } from './kubernetes/manifests';
import { RENDERER_VERSION, createLock, formatLock } from './lock';
import { codeOwners, pipelineFiles } from './docs/pipeline';
import { findingsDocument } from './docs/findings';
import { observabilityDocument } from './docs/observability';
import { readme } from './docs/readme';
import { runbooksDocument } from './docs/runbooks';
import { secretsDocument } from './docs/secrets';
import { supportDocument } from './docs/support';
import { databaseCheck } from './database/check';
import { renderedEvidence } from './renderedEvidence';
import { toYaml } from './yaml';

/**
 * Renders all artifacts of a deployment, the lock last. Pure and deterministic: the same deployment
 * gives the same bytes, and so does the deployment read back from its own rendered file.
 * Throws an `InputError` when no validated architecture covers the load, or when the release is too old for what is
 * asked for.
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

  const folders = kubernetesFolders(deployment, plan);
  const clusters = clustersOf(folders);
  const releases = releasesOf(deployment, plan);
  const bootstrap = bootstrapFolder(deployment, plan);
  const argoCd = argoCdFolder(deployment, { releases, clusters });
  const artifacts: Artifact[] = [
    { path: ARTIFACT_PATHS.deployment, content: specText },
    {
      path: ARTIFACT_PATHS.catalogInfo,
      content: header + catalogInfo(deployment),
    },
    ...releases.map(release => ({
      path: release.valuesPath,
      content: header + valuesFile(release),
    })),
    ...folders.flatMap(folder => renderFolder(folder, header)),
    ...renderFolder(bootstrap, header),
    ...clusterFolders(deployment, {
      // Flux brings it at once, and its Job waits; others run it when the control plane is there
      folders:
        deployment.spec.delivery?.type === 'flux'
          ? [...folders, { ...bootstrap, cluster: plan.controlPlane.cluster }]
          : folders,
      releases,
      header,
    }),
    ...(argoCd ? renderFolder(argoCd, header) : []),
    {
      path: 'Makefile',
      content: makefile(deployment, { plan, releases, clusters }),
    },
    ...pipelineFiles(deployment, header),
    ...databaseCheck(deployment, plan),
    { path: 'CODEOWNERS', content: codeOwners(deployment) },
    {
      path: 'docs/runbooks.md',
      content: runbooksDocument({ deployment, plan, releases }),
    },
    {
      path: 'docs/observability.md',
      content: observabilityDocument(deployment, plan),
    },
    { path: 'docs/secrets.md', content: secretsDocument(deployment, plan) },
    { path: 'docs/support.md', content: supportDocument(deployment, plan) },
    {
      path: ARTIFACT_PATHS.readme,
      content: readme(deployment, plan, releases),
    },
  ];
  const judged = [
    ...artifacts,
    {
      path: 'docs/findings.md',
      content: findingsDocument({
        deployment,
        plan,
        repository: renderedEvidence({
          plan,
          releases,
          folders: [...folders, bootstrap],
          paths: artifacts.map(({ path }) => path),
        }),
      }),
    },
  ];
  return [
    ...judged,
    {
      path: ARTIFACT_PATHS.lock,
      content: formatLock(createLock(judged, plan.cvaGeneration)),
    },
  ];
}

/**
 * The chart would ignore a key that it does not know: one that it never knew is a mistake of ours, one that came later
 * a matter of the request.
 */
function valuesFile({ values, chart, version }: RenderedRelease): string {
  const unknown = unknownChartKeys(values, chart);
  if (unknown.length > 0) {
    throw new Error(`Chart ${chart} does not know ${unknown.join(', ')}`);
  }
  const [newer] = chart === 'coder' ? newerChartKeys(values, version) : [];
  if (newer) {
    throw new InputError(
      `The chart of Coder ${version} does not know ${newer.key}, which came with ${newer.since}: ask for a newer release, or for another exposure`,
    );
  }
  return toYaml(values);
}
