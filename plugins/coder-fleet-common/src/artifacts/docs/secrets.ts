import { placeOf, type Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { BOOTSTRAP_SECRET, bootstrapSecretKeys } from '../bootstrap/bootstrap';
import { bootstrapSecrets, isHandedOver } from '../bootstrap/handOver';
import { clustersOf } from '../gitops/clusters';
import { BUNDLE, GRAFANA_SECRET, hasBundle } from '../observability/bundle';
import { CNPG_CLUSTER } from '../kubernetes/database';
import { markdownTable } from '../markdown';
import { createSecret } from './createSecret';
import { certificateNames } from './readme/names';
import { inWords, kubectl, shell } from './shell';

/**
 * A Secret that somebody has to create: these files never hold one.
 *
 * @internal
 */
export type NeededSecret = {
  name: string;
  keys: readonly string[];
  namespace: string;
  cluster: string;
  /** What it holds, in a few words. */
  holds: string;
  /** Who makes it: a person before the first install, a person after it, a controller, or the bootstrap Job. */
  when: 'before' | 'after' | 'made' | 'bootstrap' | 'handed-over';
};

/**
 * Every Secret that the rendered files name.
 *
 * @internal
 */
export function neededSecrets(
  { spec }: CoderDeployment,
  plan: Plan,
): NeededSecret[] {
  const { controlPlane } = plan;
  const { airGap, database, backup, exposure } = spec;
  const here = {
    namespace: controlPlane.namespace,
    cluster: controlPlane.cluster,
  };
  const tls = exposure?.tls;
  return [
    {
      name: database.connectionSecret.name,
      keys: [database.connectionSecret.key],
      ...here,
      holds: 'the connection URL of PostgreSQL',
      when: database.type === 'cloudnative-pg' ? 'made' : 'before',
    },
    ...(database.objectStore
      ? [
          {
            name: database.objectStore.credentialsSecret,
            keys: ['ACCESS_KEY_ID', 'ACCESS_SECRET_KEY'],
            ...here,
            holds: `access of the cluster ${CNPG_CLUSTER} to its object store`,
            when: 'before' as const,
          },
        ]
      : []),
    ...(database.encryption?.enabled
      ? [
          {
            name: database.encryption.keysSecret.name,
            keys: [database.encryption.keysSecret.key],
            ...here,
            holds:
              'the keys that encrypt tokens: 32 random bytes in base64, several with commas between, the newest first',
            when: 'before' as const,
          },
        ]
      : []),
    ...(tls
      ? [controlPlane, ...plan.proxies].map((release): NeededSecret => ({
          name: tls.secret,
          keys: ['tls.crt', 'tls.key'],
          namespace: release.namespace,
          cluster: release.cluster,
          holds: `certificate, with its chain, and key for ${inWords(
            certificateNames(spec, plan, release).map(name => `\`${name}\``),
          )}`,
          when: tls.issuer ? 'made' : 'before',
        }))
      : []),
    ...(backup.destination.type === 'rclone'
      ? [
          {
            name: backup.destination.configSecret.name,
            keys: [backup.destination.configSecret.key],
            ...here,
            holds: `the configuration of rclone with the remote of ${backup.destination.remote}`,
            when: 'before' as const,
          },
        ]
      : []),
    ...(airGap?.pullSecret
      ? namespacesOf(plan).map((place): NeededSecret => ({
          name: airGap.pullSecret!,
          keys: ['.dockerconfigjson'],
          ...place,
          holds: `access to the registry ${airGap.registry}`,
          when: 'before',
        }))
      : []),
    ...(backup.report
      ? [
          {
            name: backup.report.tokenSecret.name,
            keys: [backup.report.tokenSecret.key],
            ...here,
            holds:
              "a report token, issued on the deployment's page in the portal, Backups",
            when: 'after' as const,
          },
        ]
      : []),
    {
      name: BOOTSTRAP_SECRET.name,
      keys: bootstrapSecretKeys(spec),
      ...here,
      holds: `the first administrator${spec.edition === 'premium' ? ', and the licence' : ''}`,
      when: 'before',
    },
    ...(hasBundle(spec)
      ? clustersOf(spec.regions).map((cluster): NeededSecret => ({
          ...GRAFANA_SECRET,
          namespace: BUNDLE.namespace,
          cluster,
          holds: "the administrator of the bundle's Grafana",
          when: 'before',
        }))
      : []),
    ...bootstrapSecrets(plan).map((secret): NeededSecret => ({
      name: secret.read.name,
      keys: [secret.key],
      namespace: secret.read.namespace,
      cluster: secret.read.cluster,
      holds:
        secret.of === 'proxy'
          ? `the token of the workspace proxy of ${secret.region}`
          : `the provisioner key of ${placeOf(secret)}`,
      when: isHandedOver(plan, secret) ? 'handed-over' : 'bootstrap',
    })),
  ];
}

/** Where pods of ours run. */
function namespacesOf(
  plan: Plan,
): Array<Pick<NeededSecret, 'namespace' | 'cluster'>> {
  const places = [plan.controlPlane, ...plan.provisioners, ...plan.proxies].map(
    ({ namespace, cluster }) => ({ namespace, cluster }),
  );
  // Provisioners may share the control plane's
  return places.filter(
    ({ namespace }, index) =>
      places.findIndex(place => place.namespace === namespace) === index,
  );
}

const WHEN: Readonly<Record<NeededSecret['when'], string>> = {
  before: 'you, before the install',
  after: 'you, once the control plane runs',
  made: 'a controller',
  bootstrap: 'the bootstrap Job',
  'handed-over': 'the bootstrap Job, and `make hand-over`',
};

/**
 * `docs/secrets.md`: which Secrets there have to be, what they hold, and how one is created.
 *
 * @internal
 */
export function secretsDocument(
  deployment: CoderDeployment,
  plan: Plan,
): string {
  const secrets = neededSecrets(deployment, plan);
  const code = (text: string) => `\`${text}\``;
  return [
    '# Secrets',
    'No file of this repository holds a secret; they name Secrets of Kubernetes. These have to be there:',
    markdownTable(
      ['Secret', 'keys', 'namespace', 'cluster', 'holds', 'created by'],
      secrets.map(({ name, keys, namespace, cluster, holds, when }) => [
        code(name),
        keys.map(code).join(', '),
        code(namespace),
        code(cluster),
        holds,
        WHEN[when],
      ]),
    ),
    'By hand, each value from a file that is called as its key and removed afterwards, so that it stands in no history of a shell. Have no line break at the end of a file (`printf %s`). Those of a person:',
    shell(
      ...secrets
        .filter(({ when }) => when === 'before' || when === 'after')
        .map(createSecret),
    ),
    'To put another value into one that is there, end its command with `--dry-run=client --output yaml` and pipe it into `kubectl apply --server-side --force-conflicts --filename -`, with the same context.',
    ...handOver(plan),
    ...bootstrapSecret(plan),
    '## From a store',
    'With the External Secrets Operator, an ExternalSecret of the same name and keys, in the same namespace:',
    [
      '```yaml',
      ...externalSecret(
        secrets.find(({ when }) => when !== 'made') ?? secrets[0],
      ),
      '```',
    ].join('\n'),
    'Those of the database and of its encryption belong to every backup: keep a copy of them apart from the cluster and apart from the dumps.',
  ]
    .join('\n\n')
    .concat('\n');
}

/** What is deleted for a new key: the Job looks at what it wrote itself, not at what was handed over. */
function handOver(plan: Plan): string[] {
  const handedOver = bootstrapSecrets(plan).filter(secret =>
    isHandedOver(plan, secret),
  );
  const code = (text: string) => `\`${text}\``;
  return handedOver.length === 0
    ? []
    : [
        '## Keys for other clusters',
        `The bootstrap Job reaches its own cluster only. It writes the keys and tokens of the others into \`${plan.controlPlane.namespace}\` of \`${plan.controlPlane.cluster}\`, and \`make hand-over\` copies them. A new one is made only where the first of the two is gone; the copy alone does not matter:`,
        markdownTable(
          ['written by the Job', 'copied to', 'namespace', 'cluster'],
          handedOver.map(({ written, read }) => [
            code(written.name),
            code(read.name),
            code(read.namespace),
            code(read.cluster),
          ]),
        ),
        'How to make new ones: [Rotate keys](./runbooks.md#rotate-keys).',
      ];
}

function bootstrapSecret({ controlPlane }: Plan): string[] {
  return [
    `## \`${BOOTSTRAP_SECRET.name}\``,
    'The bootstrap Job signs in with it, so it holds the password of an Owner. Delete it when everything stands, and create it again with the present password of an Owner before each `make bootstrap`:',
    shell(`${kubectl(controlPlane)} delete secret ${BOOTSTRAP_SECRET.name}`),
  ];
}

function externalSecret(secret: NeededSecret): string[] {
  return [
    'apiVersion: external-secrets.io/v1',
    'kind: ExternalSecret',
    'metadata:',
    `  name: ${secret.name}`,
    `  namespace: ${secret.namespace}`,
    'spec:',
    '  secretStoreRef:',
    '    kind: ClusterSecretStore',
    '    name: your-store',
    '  target:',
    `    name: ${secret.name}`,
    '  data:',
    ...secret.keys.flatMap(key => [
      `    - secretKey: ${key}`,
      '      remoteRef:',
      '        key: path/in/your/store',
    ]),
  ];
}
