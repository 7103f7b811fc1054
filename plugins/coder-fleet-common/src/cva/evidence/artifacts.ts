import { parseAllDocuments } from 'yaml';
import { z } from 'zod/v3';
import { Artifact, ARTIFACT_PATHS } from '../../artifacts/artifact';
import type { HelmValues } from '../../artifacts/helm/values';
import {
  LockDeviation,
  parseLock,
  verifyArtifacts,
} from '../../artifacts/lock';
import { fromYaml } from '../../artifacts/yaml';
import type { NetworkPolicy } from '../../network/networkPolicy';
import type { Shape } from './fact';
import { networkPolicyShape } from './kubernetes';

/**
 * One object of Kubernetes in a file of the repository.
 *
 * @public
 */
export type ManifestEvidence = {
  /** File that it stands in. */
  path: string;
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  /** All of it, as it was read. */
  object: Readonly<Record<string, unknown>>;
};

/**
 * A deployment's repository at one commit, read as far as rules judge it.
 *
 * @public
 */
export type RepositoryEvidence = {
  /** Helm values of the control plane. */
  controlPlane?: HelmValues;
  /** Helm values by region. */
  provisioners: Readonly<Record<string, HelmValues>>;
  /** Helm values of workspace proxies by region. */
  proxies: Readonly<Record<string, HelmValues>>;
  manifests: readonly ManifestEvidence[];
  networkPolicies: readonly NetworkPolicy[];
  /** Every file. */
  paths: readonly string[];
  /** Files that are not what they should be, with the reason. */
  unreadable: readonly { path: string; problem: string }[];
  /** What differs from the lock beside the files; absent without a lock. */
  deviation?: LockDeviation;
};

/**
 * What is declared in Git.
 *
 * @public
 */
export type ArtifactsEvidence = { repository: RepositoryEvidence };

/** YAML takes `cpu: 2` for a number; Kubernetes takes both. */
const quantity = z.union([z.string(), z.number().transform(String)]);

const size = z
  .object({ cpu: quantity, memory: quantity })
  .partial()
  .passthrough();

const envVar = z.union([
  z.object({ name: z.string(), value: z.string() }),
  z
    .object({
      name: z.string(),
      valueFrom: z
        .object({
          secretKeyRef: z
            .object({ name: z.string(), key: z.string() })
            .passthrough(),
        })
        .passthrough(),
    })
    .passthrough(),
]);

/** The keys that rules judge have the types that the chart expects; others pass through. */
const helmValues: Shape<HelmValues> = z
  .object({
    coder: z
      .object({
        workspaceProxy: z.boolean(),
        replicaCount: z.number().int().nonnegative(),
        image: z
          .object({ repo: z.string(), tag: z.string() })
          .partial()
          .passthrough(),
        env: z.array(envVar),
        resources: z
          .object({ requests: size, limits: size })
          .partial()
          .passthrough(),
        annotations: z.record(z.string()),
        podAnnotations: z.record(z.string()),
        podLabels: z.record(z.string()),
        nodeSelector: z.record(z.string()),
        tolerations: z.array(z.record(z.unknown())),
        affinity: z.record(z.unknown()),
        topologySpreadConstraints: z.array(z.record(z.unknown())),
        serviceAccount: z.record(z.unknown()),
        volumes: z.array(z.record(z.unknown())),
        volumeMounts: z.array(z.record(z.unknown())),
      })
      .partial()
      .passthrough(),
    provisionerDaemon: z
      .object({
        keySecretName: z.string(),
        keySecretKey: z.string(),
        pskSecretName: z.string(),
        tags: z.record(z.string()),
        terminationGracePeriodSeconds: z.number().nonnegative(),
      })
      .partial()
      .passthrough(),
  })
  .partial()
  .passthrough();

const problem = z.object({ path: z.string(), problem: z.string() });

/**
 * How evidence of the artifacts is read.
 *
 * @internal
 */
export const artifactsShapes: {
  [K in keyof ArtifactsEvidence]: Shape<ArtifactsEvidence[K]>;
} = {
  repository: z.object({
    controlPlane: helmValues.optional(),
    provisioners: z.record(helmValues),
    proxies: z.record(helmValues),
    manifests: z.array(
      z.object({
        path: z.string(),
        apiVersion: z.string(),
        kind: z.string(),
        name: z.string(),
        namespace: z.string().optional(),
        object: z.record(z.unknown()),
      }),
    ),
    networkPolicies: z.array(networkPolicyShape),
    paths: z.array(z.string()),
    unreadable: z.array(problem),
    deviation: z
      .object({ edited: z.array(z.string()), missing: z.array(z.string()) })
      .optional(),
  }),
};

const PROVISIONERS = /^helm\/provisioners\/([^/]+)\/values\.yaml$/;
const PROXIES = /^helm\/proxies\/([^/]+)\/values\.yaml$/;
/** A kustomization lists files; it is no object of the cluster. */
const MANIFEST = /^kubernetes\/(?!.*kustomization\.ya?ml$).+\.ya?ml$/;

/**
 * Reads a repository's files into evidence. What cannot be read is listed, never guessed.
 *
 * @public
 */
export function repositoryEvidence(
  artifacts: readonly Artifact[],
): RepositoryEvidence {
  const unreadable: Array<{ path: string; problem: string }> = [];
  const provisioners: Record<string, HelmValues> = {};
  const proxies: Record<string, HelmValues> = {};
  const manifests: ManifestEvidence[] = [];
  const networkPolicies: NetworkPolicy[] = [];
  let controlPlane: HelmValues | undefined;
  let deviation: LockDeviation | undefined;

  const values = (artifact: Artifact): HelmValues | undefined => {
    const parsed = helmValues.safeParse(fromYaml(artifact.content));
    if (!parsed.success) {
      const [{ path, message }] = parsed.error.issues;
      unreadable.push({
        path: artifact.path,
        problem: path.length > 0 ? `${path.join('.')}: ${message}` : message,
      });
      return undefined;
    }
    return parsed.data;
  };
  for (const artifact of artifacts) {
    const { path, content } = artifact;
    const provisioner = PROVISIONERS.exec(path);
    const proxy = PROXIES.exec(path);
    if (path === ARTIFACT_PATHS.controlPlaneValues) {
      controlPlane = values(artifact);
    } else if (provisioner) {
      set(provisioners, provisioner[1], values(artifact));
    } else if (proxy) {
      set(proxies, proxy[1], values(artifact));
    } else if (MANIFEST.test(path)) {
      const found = readManifests(artifact, unreadable);
      manifests.push(...found);
      networkPolicies.push(...readPolicies(found, unreadable));
    } else if (path === ARTIFACT_PATHS.lock) {
      const lock = parseLock(content);
      if (lock) {
        const files = new Map(artifacts.map(a => [a.path, a.content]));
        deviation = verifyArtifacts(files, lock);
      } else {
        unreadable.push({ path, problem: 'it is not a lock file' });
      }
    }
  }
  return {
    ...(controlPlane && { controlPlane }),
    provisioners,
    proxies,
    manifests,
    networkPolicies,
    paths: artifacts.map(({ path }) => path),
    unreadable,
    ...(deviation && { deviation }),
  };
}

function set<T>(target: Record<string, T>, key: string, value: T | undefined) {
  if (value !== undefined) {
    // A region called "__proto__" is a key like any other
    Object.defineProperty(target, key, { value, enumerable: true });
  }
}

const manifest = z
  .object({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z
      .object({ name: z.string(), namespace: z.string().optional() })
      .passthrough(),
  })
  .passthrough();

function readManifests(
  { path, content }: Artifact,
  unreadable: Array<{ path: string; problem: string }>,
): ManifestEvidence[] {
  try {
    return parseAllDocuments(content, { version: '1.1' }).flatMap(document => {
      if (document.errors.length > 0) {
        throw document.errors[0];
      }
      const object = document.toJS({ maxAliasCount: 100 });
      if (object === null || object === undefined) {
        return [];
      }
      const { apiVersion, kind, metadata } = manifest.parse(object);
      const { name, namespace } = metadata;
      return [
        {
          path,
          apiVersion,
          kind,
          name,
          ...(namespace !== undefined && { namespace }),
          object,
        },
      ];
    });
  } catch {
    unreadable.push({
      path,
      problem: 'it is not a list of Kubernetes objects',
    });
    return [];
  }
}

function readPolicies(
  manifests: readonly ManifestEvidence[],
  unreadable: Array<{ path: string; problem: string }>,
): NetworkPolicy[] {
  return manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ path, name, object }) => {
      const parsed = networkPolicyShape.safeParse(object);
      if (!parsed.success) {
        unreadable.push({
          path,
          problem: `NetworkPolicy ${name} does not have the form of one`,
        });
      }
      return parsed.success ? [parsed.data] : [];
    });
}

/**
 * A literal variable of the pods by name; `undefined` when it is not set, or comes from a Secret. The
 * last one wins, as on Kubernetes.
 *
 * @internal
 */
export function envValue(values: HelmValues, name: string): string | undefined {
  const variable = envVariable(values, name);
  return variable && 'value' in variable ? variable.value : undefined;
}

/**
 * A variable of the pods by name.
 *
 * @internal
 */
export function envVariable(values: HelmValues, name: string) {
  return values.coder?.env?.filter(variable => variable.name === name).pop();
}
