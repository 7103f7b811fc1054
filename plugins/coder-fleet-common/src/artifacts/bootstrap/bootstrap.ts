import type { Plan } from '../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../deployment/DeploymentSpec';
import { sha256Hex } from '../artifact';
import { envList, literal } from '../helm/values';
import type { Folder } from '../kubernetes/folder';
import { jobPod } from '../kubernetes/jobPod';
import {
  TO_KUBERNETES_API,
  toControlPlane,
} from '../kubernetes/networkPolicies';
import type { KubernetesObject } from '../kubernetes/object';
import { ownLabels } from '../kubernetes/object';
import { policy, TO_DNS } from '../kubernetes/policy';
import { bootstrapSecrets } from './handOver';
import { BOOTSTRAP_SCRIPTS } from './scripts.generated';

/**
 * Folder of the bootstrap Job.
 *
 * @internal
 */
export const BOOTSTRAP_PATH = 'kubernetes/bootstrap';

/**
 * The Secret that the bootstrap Job reads: who the first administrator is, and the licence.
 *
 * @internal
 */
export const BOOTSTRAP_SECRET = {
  name: 'coder-bootstrap',
  keys: ['email', 'username', 'password'],
  licenseKey: 'license',
} as const;

/**
 * The keys that the Secret of the Job has to have.
 *
 * @internal
 */
export function bootstrapSecretKeys({ edition }: DeploymentSpec): string[] {
  return [
    ...BOOTSTRAP_SECRET.keys,
    ...(edition === 'premium' ? [BOOTSTRAP_SECRET.licenseKey] : []),
  ];
}

/** The organization that every Coder has. Source: Coder docs, organizations. */
const DEFAULT_ORGANIZATION = 'default';

const ACCOUNT = 'coder-bootstrap';
const SCRIPTS = { name: 'coder-bootstrap-scripts', path: '/scripts' };
const ADMIN_PATH = '/etc/coder-bootstrap';

/** The script waits for Coder itself: what fails more often needs a person, who should not wait long for the log. */
const MAX_RETRIES = 3;

/** A control plane that was not there after this long will not come by itself. This project's own figure. */
const MAX_JOB_SECONDS = 2 * 60 * 60;

/**
 * Folder of the Job that sets Coder up: first administrator, licence, organizations, keys of provisioners, tokens of
 * proxies. What is there already it leaves, and what Coder does not accept any more it renews.
 *
 * @internal
 */
export function bootstrapFolder(
  deployment: CoderDeployment,
  plan: Plan,
): Folder {
  const { namespace } = plan.controlPlane;
  const labels = ownLabels(deployment.metadata.name, 'bootstrap');
  const account: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: ACCOUNT, namespace, labels },
    automountServiceAccountToken: false,
  };
  return {
    path: BOOTSTRAP_PATH,
    files: [
      ['service-account.yaml', [account]],
      ['rbac.yaml', rights(plan, labels)],
      ['job.yaml', [bootstrapJob(deployment, plan)]],
      [
        'network-policies.yaml',
        [
          policy(namespace, ACCOUNT, {
            podSelector: { matchLabels: labels },
            policyTypes: ['Ingress', 'Egress'],
            egress: [TO_DNS, toControlPlane(plan), TO_KUBERNETES_API],
          }) as KubernetesObject,
        ],
      ],
    ],
    configMaps: [
      {
        name: SCRIPTS.name,
        namespace,
        files: Object.entries(BOOTSTRAP_SCRIPTS).map(([name, content]) => ({
          name,
          content,
        })),
      },
    ],
  };
}

/** It may make Secrets, and read and renew those that it makes. To make one cannot be limited by name. */
function rights(
  plan: Plan,
  labels: Record<string, string>,
): KubernetesObject[] {
  const written = bootstrapSecrets(plan).map(secret => secret.written);
  const namespaces = [...new Set(written.map(({ namespace }) => namespace))];
  return namespaces.flatMap((namespace): KubernetesObject[] => {
    const metadata = { name: ACCOUNT, namespace, labels };
    return [
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata,
        rules: [
          { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
          {
            apiGroups: [''],
            resources: ['secrets'],
            resourceNames: written
              .filter(secret => secret.namespace === namespace)
              .map(({ name }) => name),
            verbs: ['get', 'patch'],
          },
        ],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata,
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Role',
          name: ACCOUNT,
        },
        subjects: [
          {
            kind: 'ServiceAccount',
            name: ACCOUNT,
            namespace: plan.controlPlane.namespace,
          },
        ],
      },
    ];
  });
}

/**
 * The Job. It cannot be changed once it is there: its name follows from what it does.
 *
 * @internal
 */
export function bootstrapJob(
  { metadata, spec }: CoderDeployment,
  plan: Plan,
): KubernetesObject {
  const { namespace } = plan.controlPlane;
  const labels = ownLabels(metadata.name, 'bootstrap');
  const lines = (of: 'provisioners' | 'proxy') =>
    bootstrapSecrets(plan)
      .filter(secret => secret.of === of)
      .map(({ region, organization, written, key, tags = {} }) =>
        [
          ...(of === 'provisioners'
            ? [organization ?? DEFAULT_ORGANIZATION]
            : []),
          region,
          written.namespace,
          written.name,
          key,
          ...Object.entries(tags).map(([tag, value]) => `${tag}=${value}`),
        ].join(' '),
      )
      .join('\n');
  const jobSpec = {
    backoffLimit: MAX_RETRIES,
    activeDeadlineSeconds: MAX_JOB_SECONDS,
    template: {
      metadata: { labels },
      spec: jobPod({
        spec,
        serviceAccount: ACCOUNT,
        callsKubernetes: true,
        container: {
          name: 'bootstrap',
          command: ['bash', `${SCRIPTS.path}/bootstrap.sh`],
          env: envList([
            literal('CODER_URL', `http://coder.${namespace}.svc.cluster.local`),
            literal('ADMIN_DIR', ADMIN_PATH),
            literal('PROVISIONER_KEYS', lines('provisioners')),
            literal('PROXIES', lines('proxy')),
            literal('TMPDIR', '/work'),
          ]),
          resources: {
            requests: { cpu: '50m', memory: '64Mi' },
            limits: { cpu: '500m', memory: '256Mi' },
          },
        },
        volumes: [
          {
            path: SCRIPTS.path,
            readOnly: true,
            volume: {
              name: 'scripts',
              configMap: { name: SCRIPTS.name, defaultMode: 0o555 },
            },
          },
          {
            path: ADMIN_PATH,
            readOnly: true,
            volume: {
              name: 'administrator',
              // It is taken away afterwards; a pod that waits for it would say nothing
              secret: { secretName: BOOTSTRAP_SECRET.name, optional: true },
            },
          },
          // In memory: sessions and keys touch no disk
          {
            path: '/work',
            volume: { name: 'work', emptyDir: { medium: 'Memory' } },
          },
        ],
      }),
    },
  };
  const content = sha256Hex(JSON.stringify([jobSpec, BOOTSTRAP_SCRIPTS]));
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `coder-bootstrap-${content.slice(0, 8)}`,
      namespace,
      labels,
    },
    spec: jobSpec,
  };
}
