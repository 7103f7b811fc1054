import type { Plan } from '../../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../../deployment/DeploymentSpec';
import type { RenderedRelease } from '../../gitops/releases';
import {
  CODER_CHARTS,
  imageOf,
  publicCoderImage,
  publicDatabaseImage,
  publicJobBase,
} from '../../images';
import { jobImage } from '../../kubernetes/jobPod';
import { markdownTable } from '../../markdown';
import { LOGSTREAM } from '../../observability/logstream';
import { CLI_VERSION, NODE_IMAGE } from '../pipeline';
import { numbered, shell } from '../shell';
import { buildJobImage, unnamedRegistry } from './jobImage';

/** The platform of nodes. Coder's images are made for others as well. */
const PLATFORM = { docker: 'linux/amd64', terraform: 'linux_amd64' };

/** An image that is taken from a public registry as it is, `from` its name there. */
type PublicImage = { from: string; purpose: string };

/**
 * What is brought to the mirrors before anything is installed, and how; nothing where public registries are reached.
 *
 * @internal
 */
export function mirrorSection(
  { spec }: CoderDeployment,
  plan: Plan,
  releases: readonly RenderedRelease[],
): readonly string[] {
  if (!spec.airGap) {
    return [];
  }
  const coder = publicCoderImage(plan.release.version.value);
  const images = publicImages(spec);
  const mirrored = [
    imageOf(spec, coder),
    ...images.map(({ from }) => imageOf(spec, from)),
    jobImage(spec),
  ];
  return [
    '## Mirror first',
    `The clusters read images from \`${spec.airGap.registry}\` alone. These have to be there, under these names:`,
    markdownTable(
      ['Image', 'made of', 'for'],
      [
        [
          imageOf(spec, coder),
          coder,
          'control plane, provisioners and proxies; with the providers of your templates',
        ],
        ...images.map(({ from, purpose }) => [
          imageOf(spec, from),
          from,
          purpose,
        ]),
        [
          jobImage(spec),
          imageOf(spec, publicJobBase(spec)),
          'the jobs: backup, drill, bootstrap',
        ],
      ].map(([name, from, purpose]) => [`\`${name}\``, `\`${from}\``, purpose]),
    ),
    `Images of workspaces are those of your templates, and operators of [Before you begin](#before-you-begin) bring theirs: mirror them as well. The commands stand for nodes of \`${PLATFORM.docker}\`. Work on a machine that reaches public registries, with \`terraform\`, and begin in the folder of this file:`,
    ...numbered([
      pulled(spec, images),
      providers(spec, coder),
      [
        'Build the image of the jobs here: it installs packages of Debian, which nobody reaches from inside.',
        shell(buildJobImage(spec, `--platform ${PLATFORM.docker}`)),
        ...unnamedRegistry(spec),
      ],
      [
        'Push them from here, or from inside after they were carried there as a file. `docker login` comes before:',
        shell(
          `docker save --output coder-images.tar ${mirrored.join(' ')}`,
          'docker load --input coder-images.tar',
          ...mirrored.map(name => `docker push ${name}`),
        ),
      ],
      charts(spec, releases),
    ]),
    `The check of this repository (\`ci/check.sh\`) takes \`@coder-fleet/cli@${CLI_VERSION}\` from a registry of npm. Runners that reach none need a mirror of it, and of the image \`${NODE_IMAGE}\` where they run jobs in containers.`,
  ];
}

/** Coder's own is not among them: it is built, with providers. */
function publicImages(spec: DeploymentSpec): PublicImage[] {
  const { database, observability } = spec;
  return [
    {
      from: publicJobBase(spec),
      purpose: 'what the image of the jobs is built upon',
    },
    ...(database.type === 'cloudnative-pg'
      ? [
          {
            from: publicDatabaseImage(spec),
            purpose: 'the database',
          },
        ]
      : []),
    ...(observability?.logstream
      ? [
          {
            from: `${LOGSTREAM.image}:v${LOGSTREAM.version}`,
            purpose: 'events of workspaces',
          },
        ]
      : []),
  ];
}

function pulled(
  spec: DeploymentSpec,
  images: readonly PublicImage[],
): string[] {
  return [
    'Pull what is taken as it is, and give it the name of the mirror:',
    shell(
      ...images.flatMap(({ from }) => [
        `docker pull --platform ${PLATFORM.docker} ${from}`,
        `docker tag ${from} ${imageOf(spec, from)}`,
      ]),
    ),
  ];
}

/** Source: Coder docs, air-gapped deployments; Terraform, `providers mirror` and the CLI configuration file. */
function providers(spec: DeploymentSpec, coder: string): string[] {
  return [
    "Coder's image has Terraform and no providers: without a mirror of them every build of a template and of a workspace fails ([Coder docs, air-gapped deployments](https://coder.com/docs/install/airgap)). Put those of your templates into the image; the command of `terraform` once for each template:",
    shell(
      'mkdir -p coder-image/providers',
      `terraform -chdir=YOUR_TEMPLATE providers mirror -platform=${PLATFORM.terraform} "$PWD/coder-image/providers"`,
      "cat > coder-image/providers.tfrc <<'END'",
      'provider_installation {',
      '  filesystem_mirror {',
      '    path = "/opt/terraform/plugins"',
      '  }',
      '}',
      'END',
      "cat > coder-image/Dockerfile <<'END'",
      `FROM ${coder}`,
      'COPY --chown=1000:1000 providers /opt/terraform/plugins',
      'COPY --chown=1000:1000 providers.tfrc /opt/terraform/providers.tfrc',
      'ENV TF_CLI_CONFIG_FILE=/opt/terraform/providers.tfrc',
      'END',
      `docker build --platform ${PLATFORM.docker} --tag ${imageOf(spec, coder)} coder-image`,
    ),
    'Where the provisioners reach a mirror of providers by HTTPS, `network_mirror { url = "https://YOUR_MIRROR/" }` takes the place of `filesystem_mirror`, and the image needs no providers. Build it again for each version of Coder, and for each provider that templates ask for anew. Modules that templates read from `registry.coder.com` need a mirror of their own, or a copy in the template.',
  ];
}

function charts(
  spec: DeploymentSpec,
  releases: readonly RenderedRelease[],
): string[] {
  const mirror = spec.airGap?.chartRepository;
  const needed = [
    ...new Map(releases.map(release => [release.chart, release])).values(),
  ];
  return [
    'Take the charts:',
    markdownTable(
      ['Chart', 'version', 'from'],
      needed.map(({ chart, version }) => [
        `\`${chart}\``,
        version,
        publicRepository(chart),
      ]),
    ),
    shell(
      ...needed.map(
        ({ chart, version }) =>
          `helm pull ${chart} --repo ${publicRepository(chart)} --version ${version} --destination coder-charts`,
      ),
      ...(mirror ? [`helm repo index coder-charts --url ${mirror}`] : []),
    ),
    mirror
      ? `Upload them to ${mirror} as that server takes charts; one that serves files takes the folder \`coder-charts\` with its \`index.yaml\`.`
      : 'No mirror of charts is named here: they are read from these places when Coder is installed. When those are not reached, put the charts into a repository of your own, set `spec.airGap.chartRepository` to it, and render again first.',
  ];
}

function publicRepository(chart: string): string {
  return chart === LOGSTREAM.chart ? LOGSTREAM.repository : CODER_CHARTS;
}
