import type { Plan } from '../../../architecture/plan';
import type { CoderDeployment } from '../../../deployment/DeploymentSpec';
import { clustersOf } from '../../gitops/clusters';
import {
  chartRepositoriesOf,
  helmUpgrade,
  type RenderedRelease,
} from '../../gitops/releases';
import { jobImage } from '../../kubernetes/jobPod';
import { createSecret } from '../createSecret';
import { neededSecrets, type NeededSecret } from '../secrets';
import {
  awaitNamespaces,
  createNamespace,
  groupedBy,
  kubectl,
  numbered,
  shell,
} from '../shell';
import { buildJobImage, unnamedRegistry } from './jobImage';

/**
 * How it is installed, in all clusters, by the tool that delivers it.
 *
 * @internal
 */
export function installSection(
  deployment: CoderDeployment,
  plan: Plan,
  releases: readonly RenderedRelease[],
): readonly string[] {
  return [
    '## Install',
    'Every Secret that is named here stands in [docs/secrets.md](./docs/secrets.md) with what it holds.',
    ...numbered([
      secrets(deployment, plan),
      ...image(deployment),
      ...delivery(deployment, releases),
      ...dns(deployment),
      ['Let the bootstrap Job do the rest, as the next section says.'],
    ]),
  ];
}

function secrets(deployment: CoderDeployment, plan: Plan): string[] {
  const before = neededSecrets(deployment, plan).filter(
    ({ when }) => when === 'before',
  );
  return [
    'Create the namespaces and the Secrets that are needed before the install. Each value stands in a file that is called as its key; have no line break at its end (`printf %s`), and remove the files afterwards:',
    ...groupedBy(before, ({ cluster }) => cluster).map(([, here]) =>
      shell(
        ...groupedBy(here, ({ namespace }) => namespace).map(([, [secret]]) =>
          createNamespace(secret),
        ),
        ...here.flatMap(secret => [
          `# ${comment(secret)}`,
          createSecret(secret),
        ]),
      ),
    ),
    ...(deployment.spec.database.encryption?.enabled
      ? [
          "The keys of encryption are 32 random bytes in base64 each (`openssl rand -base64 32 | tr -d '\\n'`). Keep them apart from the database as well: without them the data cannot be read and Coder does not start.",
        ]
      : []),
  ];
}

function comment({ holds }: NeededSecret): string {
  return holds.replace(/`/g, '');
}

/** Without a public network the image was built with the others that are mirrored. */
function image({ spec }: CoderDeployment): string[][] {
  return spec.airGap
    ? []
    : [
        [
          'Build the image of the jobs once for all deployments, and push it:',
          shell(buildJobImage(spec), `docker push ${jobImage(spec)}`),
          ...unnamedRegistry(spec),
        ],
      ];
}

function delivery(
  deployment: CoderDeployment,
  releases: readonly RenderedRelease[],
): string[][] {
  switch (deployment.spec.delivery?.type) {
    case 'argo-cd':
      return [argoCd(releases)];
    case 'flux':
      return [flux(deployment)];
    default:
      return [helm(deployment, releases)];
  }
}

/** A load balancer has its address only now, and everything that follows needs the name. */
function dns({ spec }: CoderDeployment): string[][] {
  return (spec.exposure?.type ?? 'load-balancer') === 'load-balancer'
    ? [
        [
          'Now the Service has an address: point the names in DNS at it, as [Names and certificates](#names-and-certificates) says.',
        ],
      ]
    : [];
}

/**
 * Waves do not order Applications that `kubectl apply` creates, nor does Argo CD wait for one of its Applications where
 * nobody gave it a health check of them.
 * Source: Argo CD, resource health.
 */
function argoCd(releases: readonly RenderedRelease[]): string[] {
  return [
    'Give Argo CD the Applications, those of the manifests first: the others need their namespaces. `ARGO_CD` is the context of the cluster in which Argo CD runs:',
    shell(
      'ARGO_CD=YOUR_CONTEXT',
      'kubectl --context "$ARGO_CD" apply --filename argo-cd/manifests.yaml',
      ...groupedBy(releases, ({ cluster }) => cluster).map(([cluster, here]) =>
        awaitNamespaces(cluster, [
          ...new Set(here.map(({ namespace }) => namespace)),
        ]),
      ),
      'kubectl --context "$ARGO_CD" apply --filename argo-cd/releases.yaml --filename argo-cd/bootstrap.yaml',
    ),
    'The order of the rest makes itself: the bootstrap Job waits for the control plane, and pods of the regions for the Secrets that it makes. An Application of your own that reads the folder `argo-cd` does the same; its sync waves order when Applications are created, and wait until those before are ready only where your Argo CD has a health check of Applications.',
  ];
}

function flux({ spec }: CoderDeployment): string[] {
  return [
    `Let Flux in each cluster read its folder of the repository. HelmReleases wait for those before them in their own cluster, and pods for the Secrets of the bootstrap Job. A private repository needs a Secret of Flux besides (\`spec.secretRef\` of the GitRepository):`,
    shell(
      ...clustersOf(spec.regions).map(
        cluster =>
          `${kubectl({ cluster })} apply --server-side --filename flux/${cluster}.yaml`,
      ),
    ),
    'See that it has read the repository:',
    shell(
      ...clustersOf(spec.regions).map(
        cluster => `flux get kustomizations --context ${cluster}`,
      ),
    ),
  ];
}

function helm(
  { spec }: CoderDeployment,
  releases: readonly RenderedRelease[],
): string[] {
  const clusters = clustersOf(spec.regions);
  return [
    'Apply the manifests, and install the releases:',
    shell('make manifests releases'),
    'These are its commands, control plane first:',
    shell(
      ...clusters.map(
        cluster =>
          `${kubectl({ cluster })} apply --server-side --kustomize clusters/${cluster}`,
      ),
      ...chartRepositoriesOf(releases).map(
        ({ name, url }) => `helm repo add ${name} ${url}`,
      ),
      'helm repo update',
      ...releases.map(release => helmUpgrade(release, release.cluster)),
    ),
  ];
}
