import type { Plan } from '../architecture/plan';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { ARTIFACT_PATHS } from './artifact';
import { CONTROL_PLANE_NODES, NODE_GROUP_LABEL } from './helm/pods';
import { PROVISIONER_KEY_SECRET } from './helm/provisioners';
import { proxyTokenSecret } from './helm/proxy';
import { markdownTable, markdownText } from './markdown';
import { planRows } from './planTable';

/**
 * README of a deployment's repository: how to install, verify and track it, and the plan with its
 * sources. Only checked names and URLs stand in commands; text of people is escaped.
 *
 * @internal
 */
export function readme(deployment: CoderDeployment, plan: Plan): string {
  return [
    introduction(deployment),
    nodeGroups(plan),
    install(deployment, plan),
    provisioners(plan),
    proxies(plan),
    verify(deployment, plan),
    tracking(deployment),
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

function install({ spec }: CoderDeployment, plan: Plan): string[] {
  const { controlPlane } = plan;
  const { connectionSecret, encryption } = spec.database;
  const keys = encryption?.enabled ? encryption.keysSecret : undefined;
  return [
    '## Install',
    `Needs a Kubernetes cluster (\`${controlPlane.cluster}\`), Helm 3.5 or newer, and a PostgreSQL of version 13 or newer in the same region. ` +
      'Put its connection URL into the variable `CODER_PG_URL` first; it is kept in a Secret only.',
    ...(keys
      ? [
          'Tokens in the database are encrypted. Put the key, 32 random bytes in base64, into the variable `CODER_ENCRYPTION_KEYS` (several with commas between, the newest first), ' +
            'and back it up apart from the database: without it the data cannot be read and Coder does not start.',
        ]
      : []),
    shell(
      createNamespace(controlPlane.namespace),
      `kubectl create secret generic ${connectionSecret.name} --namespace ${controlPlane.namespace} --from-literal=${connectionSecret.key}="$CODER_PG_URL"`,
      ...(keys
        ? [
            `kubectl create secret generic ${keys.name} --namespace ${controlPlane.namespace} --from-literal=${keys.key}="$CODER_ENCRYPTION_KEYS"`,
          ]
        : []),
      'helm repo add coder-v2 https://helm.coder.com/v2',
      'helm repo update',
      helmUpgrade({
        release: controlPlane.release,
        chart: 'coder-v2/coder',
        namespace: controlPlane.namespace,
        version: plan.release.version.value,
        values: ARTIFACT_PATHS.controlPlaneValues,
      }),
      'kubectl apply --filename kubernetes/control-plane/',
    ),
    `Open ${spec.accessUrl} and create the first administrator.`,
  ];
}

function provisioners(plan: Plan): string[] {
  if (plan.provisioners.length === 0) {
    return [];
  }
  const { name, key } = PROVISIONER_KEY_SECRET;
  return [
    '## Provisioners',
    'Needs a Premium licence on the server. Create one key for each region, and store it in the cluster of the region as it is shown once:',
    ...plan.provisioners.map(({ region, namespace, release }) =>
      shell(
        createNamespace(namespace),
        `coder provisioner keys create ${region} --org default`,
        `kubectl create secret generic ${name} --namespace ${namespace} --from-literal=${key}="$CODER_PROVISIONER_KEY"`,
        helmUpgrade({
          release,
          chart: 'coder-v2/coder-provisioner',
          namespace,
          version: plan.release.version.value,
          values: ARTIFACT_PATHS.provisionersValues(region),
        }),
        `kubectl apply --filename kubernetes/provisioners/${region}/`,
      ),
    ),
  ];
}

function proxies(plan: Plan): string[] {
  if (plan.proxies.length === 0) {
    return [];
  }
  return [
    '## Workspace proxies',
    "Each runs in its region's cluster, with a token that is shown once when the proxy is created:",
    ...plan.proxies.map(({ region, namespace, release }) => {
      const { name, key } = proxyTokenSecret(region);
      return shell(
        `coder wsproxy create --name ${region} --display-name ${region} --icon /emojis/1f310.png`,
        createNamespace(namespace),
        `kubectl create secret generic ${name} --namespace ${namespace} --from-literal=${key}="$CODER_PROXY_TOKEN"`,
        helmUpgrade({
          release,
          chart: 'coder-v2/coder',
          namespace,
          version: plan.release.version.value,
          values: ARTIFACT_PATHS.proxyValues(region),
        }),
        `kubectl apply --filename kubernetes/proxies/${region}/`,
      );
    }),
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

/** Does nothing when the namespace is there. */
function createNamespace(namespace: string): string {
  return `kubectl create namespace ${namespace} --dry-run=client --output yaml | kubectl apply --filename -`;
}

function helmUpgrade(options: {
  release: string;
  chart: string;
  namespace: string;
  version: string;
  values: string;
}): string {
  const { release, chart, namespace, version, values } = options;
  return `helm upgrade --install ${release} ${chart} --namespace ${namespace} --version ${version} --values ${values}`;
}

function shell(...commands: string[]): string {
  return ['```sh', ...commands, '```'].join('\n');
}
