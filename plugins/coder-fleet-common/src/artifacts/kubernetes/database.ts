import type { Plan } from '../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../deployment/DeploymentSpec';
import type { NetworkPolicy } from '../../network/networkPolicy';
import { DATABASE_NODES, placement } from '../helm/pods';
import { imageOf, publicDatabaseImage } from '../images';
import type { Folder } from './folder';
import type { KubernetesObject } from './object';
import { ownLabels } from './object';
import {
  DATABASE_OPERATOR_NAMESPACE_LABEL,
  fromPrometheus,
  policy,
  tcp,
  TO_DNS,
} from './policy';
import { PORTS, webPorts } from './ports';

/**
 * Name of the cluster of PostgreSQL, and of what CloudNativePG makes for it.
 *
 * @internal
 */
export const CNPG_CLUSTER = 'coder-database';

/**
 * Label that CloudNativePG gives to the pods of a cluster.
 *
 * @internal
 */
export const CNPG_CLUSTER_LABEL = 'cnpg.io/cluster';

/**
 * Namespace of the operator in CloudNativePG's own manifests, and in the example of its chart.
 *
 * @internal
 */
export const CNPG_OPERATOR_NAMESPACE = 'cnpg-system';

/** Source: barman-cloud plugin, its name in `plugins` and `pluginConfiguration`. */
const BARMAN_PLUGIN = 'barman-cloud.cloudnative-pg.io';

/**
 * Instances of the cluster. One alone loses with its node what was not archived yet.
 *
 * @internal
 */
export function cnpgInstances({ database }: Plan): number {
  return database.highlyAvailable.value ? 3 : 1;
}

/**
 * Folder of a CloudNativePG cluster, sized by the plan: standby and archive, base backups on the same
 * schedule as the dumps. The connection URL comes from the Secret that the operator makes.
 *
 * @internal
 */
export function databaseFolder(
  deployment: CoderDeployment,
  plan: Plan,
): Folder | undefined {
  const { database } = deployment.spec;
  if (database.type !== 'cloudnative-pg') {
    return undefined;
  }
  const { namespace } = plan.controlPlane;
  const labels = ownLabels(deployment.metadata.name, 'database');
  return {
    path: 'kubernetes/database',
    files: [
      [
        'object-store.yaml',
        database.objectStore
          ? [objectStore(deployment, namespace, labels)]
          : [],
      ],
      ['cluster.yaml', [cluster(deployment, plan, labels)]],
      [
        'scheduled-backup.yaml',
        database.objectStore
          ? [scheduledBackup(deployment, namespace, labels)]
          : [],
      ],
      [
        'network-policies.yaml',
        [databasePolicy(deployment.spec, namespace) as KubernetesObject],
      ],
    ],
  };
}

function cluster(
  deployment: CoderDeployment,
  plan: Plan,
  labels: Record<string, string>,
): KubernetesObject {
  const { spec } = deployment;
  const { database } = spec;
  const { namespace } = plan.controlPlane;
  const { vcpu, memoryGB, storageGB, maxConnections } = plan.database;
  const size = { cpu: String(vcpu.value), memory: `${memoryGB.value}G` };
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: CNPG_CLUSTER, namespace, labels },
    spec: {
      instances: cnpgInstances(plan),
      imageName: imageOf(spec, publicDatabaseImage(spec)),
      ...(spec.airGap?.pullSecret && {
        imagePullSecrets: [{ name: spec.airGap.pullSecret }],
      }),
      bootstrap: { initdb: { database: 'coder', owner: 'coder' } },
      resources: { requests: size, limits: size },
      storage: {
        size: `${storageGB.value}G`,
        ...(database.storageClass && { storageClass: database.storageClass }),
      },
      postgresql: {
        parameters: { max_connections: String(maxConnections.value) },
      },
      affinity: {
        ...placement(DATABASE_NODES),
        enablePodAntiAffinity: true,
        topologyKey: 'topology.kubernetes.io/zone',
        podAntiAffinityType: 'preferred',
      },
      monitoring: {
        enablePodMonitor: spec.observability?.type === 'prometheus-operator',
      },
      ...(database.objectStore && {
        plugins: [
          {
            name: BARMAN_PLUGIN,
            isWALArchiver: true,
            parameters: { barmanObjectName: CNPG_CLUSTER },
          },
        ],
      }),
    },
  };
}

function objectStore(
  deployment: CoderDeployment,
  namespace: string,
  labels: Record<string, string>,
): KubernetesObject {
  const store = deployment.spec.database.objectStore!;
  const secretKey = (key: string) => ({ name: store.credentialsSecret, key });
  return {
    apiVersion: 'barmancloud.cnpg.io/v1',
    kind: 'ObjectStore',
    metadata: { name: CNPG_CLUSTER, namespace, labels },
    spec: {
      retentionPolicy: `${deployment.spec.backup.retentionDays}d`,
      configuration: {
        destinationPath: store.destinationPath,
        ...(store.endpointUrl && { endpointURL: store.endpointUrl }),
        s3Credentials: {
          accessKeyId: secretKey('ACCESS_KEY_ID'),
          secretAccessKey: secretKey('ACCESS_SECRET_KEY'),
        },
        wal: { compression: 'gzip' },
        data: { compression: 'gzip' },
      },
    },
  };
}

/** CloudNativePG's schedules have six fields, seconds first. Source: CloudNativePG, ScheduledBackup. */
function scheduledBackup(
  deployment: CoderDeployment,
  namespace: string,
  labels: Record<string, string>,
): KubernetesObject {
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'ScheduledBackup',
    metadata: { name: CNPG_CLUSTER, namespace, labels },
    spec: {
      schedule: `0 ${deployment.spec.backup.schedule}`,
      backupOwnerReference: 'self',
      immediate: true,
      cluster: { name: CNPG_CLUSTER },
      method: 'plugin',
      pluginConfiguration: { name: BARMAN_PLUGIN },
    },
  };
}

/** The namespace is closed by default: instances call each other, the operator calls them. */
function databasePolicy(
  spec: DeploymentSpec,
  namespace: string,
): NetworkPolicy {
  const selector = { matchLabels: { [CNPG_CLUSTER_LABEL]: CNPG_CLUSTER } };
  return policy(namespace, CNPG_CLUSTER, {
    podSelector: selector,
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [{ podSelector: {} }], ports: tcp(PORTS.postgres) },
      {
        from: [
          { podSelector: selector },
          {
            namespaceSelector: {
              matchLabels: {
                'kubernetes.io/metadata.name': CNPG_OPERATOR_NAMESPACE,
              },
            },
          },
          {
            namespaceSelector: {
              matchLabels: { [DATABASE_OPERATOR_NAMESPACE_LABEL]: 'true' },
            },
          },
        ],
        ports: tcp(PORTS.cnpgStatus, PORTS.postgres),
      },
      fromPrometheus(PORTS.cnpgMetrics),
    ],
    egress: [
      TO_DNS,
      { ports: tcp(...webPorts(spec), PORTS.kubernetesApi) },
      {
        to: [{ podSelector: selector }],
        ports: tcp(PORTS.cnpgStatus, PORTS.postgres),
      },
    ],
  });
}
