import { placeOf, type Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { BOOTSTRAP_SECRET } from '../bootstrap/bootstrap';
import { bootstrapSecrets, isHandedOver } from '../bootstrap/handOver';
import { clustersOf } from '../gitops/clusters';
import { BUNDLE, GRAFANA_SECRET, hasBundle } from '../observability/bundle';
import { CNPG_CLUSTER } from '../kubernetes/database';
import { markdownTable } from '../markdown';

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
      ? [controlPlane, ...plan.proxies].map(
          ({ namespace, cluster }): NeededSecret => ({
            name: tls.secret,
            keys: ['tls.crt', 'tls.key'],
            namespace,
            cluster,
            holds: 'certificate and key',
            when: tls.issuer ? 'made' : 'before',
          }),
        )
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
      keys: [
        ...BOOTSTRAP_SECRET.keys,
        ...(spec.edition === 'premium' ? [BOOTSTRAP_SECRET.licenseKey] : []),
      ],
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
    'By hand, from a file that is removed afterwards, so that the value stands in no history of a shell:',
    [
      '```sh',
      'kubectl create secret generic NAME --namespace NAMESPACE --from-file=KEY=./value.txt && rm value.txt',
      '```',
    ].join('\n'),
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
