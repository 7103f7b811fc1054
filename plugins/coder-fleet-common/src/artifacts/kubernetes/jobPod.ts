import type { DeploymentSpec } from '../../deployment/DeploymentSpec';
import type { EnvVar } from '../helm/values';
import { imageOf } from '../images';

/**
 * User of the jobs, that of PostgreSQL's images of Debian: the server of a restore drill refuses root.
 *
 * @internal
 */
export const JOB_UID = 999;

/**
 * A volume of a job, and where it is mounted.
 *
 * @internal
 */
export type JobVolume = {
  path: string;
  readOnly?: boolean;
  volume: { name: string; [source: string]: unknown };
};

/**
 * Image of the jobs: what the spec names, else one that is built by `kubernetes/backup/Containerfile`.
 *
 * @internal
 */
export function jobImage(spec: DeploymentSpec): string {
  return (
    spec.backup.image ??
    imageOf(spec, `coder-fleet-backup:${spec.database.version}`)
  );
}

/**
 * The pod of a job: one container of our image, as the Pod Security level `restricted` asks. Only with
 * `callsKubernetes` it may call the Kubernetes API.
 *
 * @internal
 */
export function jobPod(options: {
  spec: DeploymentSpec;
  serviceAccount: string;
  callsKubernetes?: true;
  container: {
    name: string;
    command: readonly string[];
    env: readonly EnvVar[];
    resources: {
      requests: Record<string, string>;
      limits: Record<string, string>;
    };
  };
  volumes: readonly JobVolume[];
}) {
  const { spec, container, volumes } = options;
  return {
    restartPolicy: 'Never',
    serviceAccountName: options.serviceAccount,
    automountServiceAccountToken: options.callsKubernetes ?? false,
    ...(spec.airGap?.pullSecret && {
      imagePullSecrets: [{ name: spec.airGap.pullSecret }],
    }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: JOB_UID,
      runAsGroup: JOB_UID,
      fsGroup: JOB_UID,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        ...container,
        image: jobImage(spec),
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: volumes.map(({ path, readOnly, volume }) => ({
          name: volume.name,
          mountPath: path,
          ...(readOnly && { readOnly }),
        })),
      },
    ],
    volumes: volumes.map(({ volume }) => volume),
  };
}
