import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { ARTIFACT_PATHS } from '../artifact';
import { CONTROL_PLANE_NODES, NODE_GROUP_LABEL } from '../helm/pods';
import { BOOTSTRAP_PATH, BOOTSTRAP_SECRET } from '../bootstrap/bootstrap';
import { bootstrapSecrets, isHandedOver } from '../bootstrap/handOver';
import {
  chartRepositoriesOf,
  helmUpgrade,
  type RenderedRelease,
} from '../gitops/releases';
import { jobImage } from '../kubernetes/jobPod';
import { DATABASE_PARAMETERS } from './databaseParameters';
import { neededSecrets } from './secrets';
import { markdownTable, markdownText } from '../markdown';
import { planRows } from '../planTable';

/**
 * README of a deployment's repository: how to install, verify and track it, and the plan with its
 * sources. Only checked names and URLs stand in commands; text of people is escaped.
 *
 * @internal
 */
export function readme(
  deployment: CoderDeployment,
  plan: Plan,
  releases: readonly RenderedRelease[],
): string {
  return [
    introduction(deployment),
    nodeGroups(plan),
    database(deployment, plan),
    install(deployment, plan, releases),
    otherReleases(deployment, plan, releases),
    bootstrap(deployment, plan),
    backups(deployment, plan),
    verify(deployment, plan),
    tracking(deployment),
    documents(),
    planSection(plan),
  ]
    .flat()
    .join('\n\n')
    .concat('\n');
}

function introduction({ metadata, spec }: CoderDeployment): string[] {
  return [
    `# ${markdownText(spec.displayName)}`,
    `The Coder deployment \`${metadata.name}\` of business unit \`${spec.businessUnit}\`, owned by \`${spec.owner}\`.`,
    `Everything here was rendered from [${ARTIFACT_PATHS.deployment}](./${ARTIFACT_PATHS.deployment}). Edit that file and render again; ` +
      `a change of any other file is seen by comparison with \`${ARTIFACT_PATHS.lock}\`.`,
  ];
}

function nodeGroups(plan: Plan): string[] {
  const clusters = [
    ...new Set(
      [plan.controlPlane, ...plan.proxies].map(({ cluster }) => cluster),
    ),
  ];
  const group = `${NODE_GROUP_LABEL}=${CONTROL_PLANE_NODES}`;
  return [
    '## Node groups',
    'The control plane and each workspace proxy run on a node group of their own, of a fixed size; workspaces run on another one that scales. ' +
      `Give every node of the first group in ${clusters
        .map(cluster => `\`${cluster}\``)
        .join(
          ', ',
        )} this label and taint, best in the settings of the group, so that new nodes have them too:`,
    shell(
      `kubectl label nodes "$CONTROL_PLANE_NODE" ${group}`,
      `kubectl taint nodes "$CONTROL_PLANE_NODE" ${group}:NoSchedule`,
    ),
    'Without them the pods stay pending.',
  ];
}

function database({ spec }: CoderDeployment, plan: Plan): string[] {
  const { type, version, connectionSecret } = spec.database;
  const { vcpu, memoryGB, storageGB, maxConnections } = plan.database;
  const size = `${vcpu.value} vCPU, ${memoryGB.value} GB of memory, ${storageGB.value} GB of storage, \`max_connections\` of at least ${maxConnections.value}`;
  const head = ['## Database'];
  if (type === 'cloudnative-pg') {
    return [
      ...head,
      `[kubernetes/database](./kubernetes/database) is a CloudNativePG cluster of PostgreSQL ${version} (${size}). It needs the operator${
        spec.database.objectStore
          ? ' and its barman-cloud plugin, which archives to the object store'
          : '; without an object store (`spec.database.objectStore`) nothing is archived, and only the dumps of the backup job remain'
      }. The operator writes the connection URL into \`${connectionSecret.name}\`.`,
    ];
  }
  const parameters = DATABASE_PARAMETERS[type];
  return [
    ...head,
    `Needs a PostgreSQL ${version} in the same region, best in the same zone, less than 10 ms away, and of no burstable class: ${size}. ` +
      `\`sh database/check.sh\` with its URL in \`CODER_PG_CONNECTION_URL\` looks at it, and says how Coder gets a role and a database of its own.`,
    ...(parameters ? [parameters(plan)] : []),
  ];
}

function install(
  deployment: CoderDeployment,
  plan: Plan,
  releases: readonly RenderedRelease[],
): string[] {
  const { spec } = deployment;
  const { controlPlane } = plan;
  const before = neededSecrets(deployment, plan).filter(
    ({ when }) => when === 'before',
  );
  return [
    '## Install',
    `Needs the Kubernetes cluster \`${controlPlane.cluster}\`, and Helm 3.8 or newer. Every Secret that is named here stands in [docs/secrets.md](./docs/secrets.md) with what it holds.`,
    '1. Create the namespace and the Secrets that are needed before the install, each from a file with its value:',
    shell(
      createNamespace(controlPlane.namespace),
      ...before
        .filter(({ namespace }) => namespace === controlPlane.namespace)
        .map(({ name, namespace, keys }) =>
          [
            `kubectl create secret generic ${name} --namespace ${namespace}`,
            ...keys.map(key => `--from-file=${key}=./${key}`),
          ].join(' '),
        ),
    ),
    ...(spec.database.encryption?.enabled
      ? [
          'The keys of encryption are 32 random bytes in base64 each. Keep them apart from the database as well: without them the data cannot be read and Coder does not start.',
        ]
      : []),
    '2. Build the image of the jobs once for all deployments, and push it:',
    shell(
      `docker build --file kubernetes/backup/Containerfile --tag ${jobImage(spec)} kubernetes/backup`,
      `docker push ${jobImage(spec)}`,
    ),
    ...delivery(deployment, plan, releases),
    '4. Let the bootstrap Job do the rest, as the next section says.',
  ];
}

function delivery(
  { spec }: CoderDeployment,
  plan: Plan,
  releases: readonly RenderedRelease[],
): string[] {
  const { cluster } = plan.controlPlane;
  switch (spec.delivery?.type) {
    case 'argo-cd':
      return [
        '3. Let Argo CD read the folder `argo-cd`; its Applications bring manifests first, then the control plane, then the rest. Each cluster has to be known to Argo CD by its name here:',
        shell('kubectl apply --kustomize argo-cd'),
      ];
    case 'flux':
      return [
        `3. Let Flux in each cluster read the folder of the cluster, here \`clusters/${cluster}\`; its HelmReleases wait for each other. A private repository needs a Secret of Flux besides (\`spec.secretRef\` of the GitRepository):`,
        shell(`kubectl apply --server-side --filename flux/${cluster}.yaml`),
      ];
    default:
      return [
        '3. Apply the manifests of the cluster, and install the control plane; `make manifests releases` does both for all clusters and releases:',
        shell(
          `kubectl apply --server-side --kustomize clusters/${cluster}`,
          ...chartRepositoriesOf(releases).map(
            ({ name, url }) => `helm repo add ${name} ${url}`,
          ),
          'helm repo update',
          helmUpgrade(releases[0]),
        ),
      ];
  }
}

function backups({ spec }: CoderDeployment, plan: Plan): string[] {
  const { namespace } = plan.controlPlane;
  const { report, schedule, drillSchedule, retentionDays } = spec.backup;
  return [
    '## Backups',
    `The database is dumped at \`${schedule}\` UTC, kept for ${retentionDays} days, and read back; at \`${drillSchedule}\` UTC the newest dump is restored into a scratch database, compared with its manifest and timed.`,
    ...(report
      ? [
          `Issue a report token in the portal (the deployment, Backups), put it into a file \`${report.tokenSecret.key}\`, and create the Secret; without it the jobs do not start:`,
          shell(
            `kubectl create secret generic ${report.tokenSecret.name} --namespace ${namespace} --from-file=${report.tokenSecret.key}=./${report.tokenSecret.key}`,
          ),
        ]
      : [
          'Nobody hears of the runs: set `spec.backup.report`, and the portal shows them.',
        ]),
    'Make the first backup, and prove it, before users come:',
    shell('make backup-now', 'make drill-now'),
    'What to do when a run fails, and how to restore: [docs/runbooks.md](./docs/runbooks.md).',
  ];
}

/** What is installed after the control plane, in the cluster where it belongs. */
function otherReleases(
  { spec }: CoderDeployment,
  plan: Plan,
  [controlPlane, ...others]: readonly RenderedRelease[],
): readonly string[] {
  const clusters = [...new Set(others.map(({ cluster }) => cluster))];
  return others.length === 0
    ? []
    : byHand(spec, [
        '## The other releases',
        '`make releases` installs them with the control plane; by hand, in the cluster of each:',
        ...clusters.map(cluster =>
          shell(
            `# ${cluster}`,
            ...(cluster === controlPlane.cluster
              ? []
              : [
                  `kubectl apply --server-side --kustomize clusters/${cluster}`,
                ]),
            ...others
              .filter(release => release.cluster === cluster)
              .map(release => helmUpgrade(release)),
          ),
        ),
        ...(plan.provisioners.length > 0
          ? [
              'Provisioners and workspace proxies need a Premium licence on the server. Their pods wait for a key or token, which the bootstrap makes.',
            ]
          : []),
      ]);
}

function bootstrap({ spec }: CoderDeployment, plan: Plan): string[] {
  const { namespace } = plan.controlPlane;
  const secrets = bootstrapSecrets(plan);
  const premium = spec.edition === 'premium';
  const made = [
    'the first administrator',
    ...(premium ? ['the licence'] : []),
    ...(plan.provisioners.length > 0
      ? ['a key for the provisioners of each region']
      : []),
    ...(plan.proxies.length > 0 ? ['a token for each workspace proxy'] : []),
  ];
  return [
    '## Bootstrap',
    `[${BOOTSTRAP_PATH}](./${BOOTSTRAP_PATH}) is a Job that makes ${made.join(', ')}, through the API of the control plane. It makes only what is missing, so it may run again at any time. ${
      secrets.length > 0
        ? 'Until it has, provisioners and proxies wait for their Secrets. '
        : ''
    }It signs in with \`${BOOTSTRAP_SECRET.name}\`, from [docs/secrets.md](./docs/secrets.md); a password there is one of an Owner, so take the Secret away when everything stands.`,
    ...byHand(spec, [
      shell(
        'make bootstrap',
        `kubectl logs --namespace ${namespace} --selector app.kubernetes.io/name=coder-bootstrap --tail=-1`,
      ),
    ]),
    ...(secrets.some(secret => isHandedOver(plan, secret))
      ? [
          'It reaches its own cluster only. What it made for others waits beside the control plane; bring it there, with a kubectl context for each cluster:',
          shell(
            ...[
              ...new Map(
                [...plan.provisioners, ...plan.proxies]
                  .filter(
                    ({ cluster }) => cluster !== plan.controlPlane.cluster,
                  )
                  .map(release => [release.namespace, release]),
              ).values(),
            ].map(
              release =>
                `kubectl --context ${release.cluster} get namespace ${release.namespace}`,
            ),
            'make hand-over',
          ),
        ]
      : []),
    `Then open ${spec.accessUrl}, sign in as the first administrator, and set up single sign-on.`,
  ];
}

function verify({ spec }: CoderDeployment, plan: Plan): string[] {
  const { namespace, replicas } = plan.controlPlane;
  return [
    '## Verify',
    shell(
      `kubectl rollout status deployment/coder --namespace ${namespace}`,
      `curl --fail ${spec.accessUrl}/healthz`,
      `curl --fail ${spec.accessUrl}/api/v2/buildinfo`,
    ),
    `${replicas.value} ready replica${replicas.value === 1 ? '' : 's'} of version ${plan.release.version.value} are expected.`,
  ];
}

function tracking({ spec }: CoderDeployment): string[] {
  return [
    '## Tracking',
    `The portal tracks version and reachability without a token. For health and replicas it needs an Owner's token for the origin ${spec.accessUrl}:`,
    shell('coder tokens create --name coder-fleet --lifetime 2160h'),
    "Give it to the portal's administrators for `coderFleet.credentials`. It is never kept here.",
  ];
}

function documents(): string[] {
  return [
    '## More',
    [
      '- [docs/runbooks.md](./docs/runbooks.md): backup, restore, upgrade, rollback, scale, rotate keys, outage',
      '- [docs/secrets.md](./docs/secrets.md): every Secret, what it holds and who makes it',
      '- [docs/observability.md](./docs/observability.md): what is scraped, alerts, retention',
      '- [docs/findings.md](./docs/findings.md): what every rule says of these files',
      '- [docs/support.md](./docs/support.md): for the people who work with it',
    ].join('\n'),
  ];
}

function planSection(plan: Plan): string[] {
  return [
    '## Plan',
    `Derived from the Coder Validated Architecture (${
      plan.cvaGeneration === 'legacy'
        ? 'the older tables'
        : `tables of ${plan.cvaGeneration}`
    }).`,
    markdownTable(
      ['Figure', 'Value', 'Source', 'Remark'],
      planRows(plan).map(
        ({ label, value, source, url, note, alternatives }) => [
          label,
          value,
          url ? `[${source}](${url})` : source,
          [note, alternatives && `others say: ${alternatives}`]
            .filter(Boolean)
            .join('; '),
        ],
      ),
    ),
  ];
}

/** What a GitOps tool does by itself is no command for a person. */
function byHand(
  spec: CoderDeployment['spec'],
  commands: readonly string[],
): readonly string[] {
  return spec.delivery && spec.delivery.type !== 'helm' ? [] : commands;
}

/** Does nothing when the namespace is there. */
function createNamespace(namespace: string): string {
  return `kubectl create namespace ${namespace} --dry-run=client --output yaml | kubectl apply --filename -`;
}

function shell(...commands: string[]): string {
  return ['```sh', ...commands, '```'].join('\n');
}
