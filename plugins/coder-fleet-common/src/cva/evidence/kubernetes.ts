import { z } from 'zod/v3';
import type { NetworkPolicy } from '../../network/networkPolicy';
import type { Shape } from './fact';

/**
 * Which part of a deployment a pod or a group of nodes is for.
 *
 * @public
 */
export type WorkloadRole =
  'control-plane' | 'provisioner' | 'proxy' | 'workspace' | 'other';

/**
 * A group of nodes of a cluster.
 *
 * @public
 */
export type NodeGroupEvidence = {
  name: string;
  cluster: string;
  role: WorkloadRole;
  /** Whether the cluster autoscaler may change its size. */
  autoscaling: boolean;
  minNodes?: number;
  maxNodes?: number;
  nodes: number;
  /** The cloud's name of the machine, for example `m5.large`. */
  instanceType?: string;
};

/**
 * A pod of a deployment.
 *
 * @public
 */
export type PodEvidence = {
  name: string;
  namespace: string;
  cluster: string;
  region?: string;
  role: WorkloadRole;
  ready: boolean;
  node?: string;
  nodeGroup?: string;
  zone?: string;
  image: string;
  /** Thousandths of a vCPU, and mebibytes. */
  requests: { cpuMillis?: number; memoryMiB?: number };
  limits: { cpuMillis?: number; memoryMiB?: number };
  annotations: Readonly<Record<string, string>>;
  terminationGracePeriodSeconds?: number;
  /** Types of its volumes, for example `persistentVolumeClaim`, `hostPath`. */
  volumes: readonly { name: string; type: string }[];
};

/**
 * A class of storage.
 *
 * @public
 */
export type StorageClassEvidence = {
  name: string;
  /** For example `ebs.csi.aws.com`; `kubernetes.io/...` are the built-in ones of old. */
  provisioner: string;
  /** Whether volumes of workspaces are made from it. */
  usedByWorkspaces: boolean;
};

/**
 * A release of Helm.
 *
 * @public
 */
export type HelmReleaseEvidence = {
  name: string;
  namespace: string;
  cluster: string;
  chart: string;
  chartVersion: string;
  /** `deployed`, `failed`, `pending-upgrade` and so on. */
  status: string;
};

/**
 * Usage of a group of nodes, as parts of what it has.
 *
 * @public
 */
export type NodeUsageEvidence = {
  nodeGroup: string;
  cpu: number;
  memory: number;
  /** Pods of workspaces on the node that has the most. */
  maxWorkspacePods: number;
};

/**
 * What runs in the clusters.
 *
 * @public
 */
export type KubernetesEvidence = {
  nodeGroups: readonly NodeGroupEvidence[];
  nodeUsage: readonly NodeUsageEvidence[];
  pods: readonly PodEvidence[];
  networkPolicies: readonly NetworkPolicy[];
  storageClasses: readonly StorageClassEvidence[];
  helmReleases: readonly HelmReleaseEvidence[];
};

const count = z.number().int().nonnegative().finite();
const part = z.number().finite().nonnegative();
const role = z.enum([
  'control-plane',
  'provisioner',
  'proxy',
  'workspace',
  'other',
]);
const amount = z.object({
  cpuMillis: part.optional(),
  memoryMiB: part.optional(),
});

const selector = z.object({
  matchLabels: z.record(z.string()).optional(),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});
const peers = z.array(
  z.object({
    podSelector: selector.optional(),
    namespaceSelector: selector.optional(),
    ipBlock: z
      .object({ cidr: z.string(), except: z.array(z.string()).optional() })
      .optional(),
  }),
);
const ports = z.array(
  z.object({
    protocol: z.enum(['TCP', 'UDP']).optional(),
    port: z.union([z.number(), z.string()]).optional(),
    endPort: z.number().optional(),
  }),
);

/**
 * A NetworkPolicy as the API server has it.
 *
 * @internal
 */
export const networkPolicyShape: Shape<NetworkPolicy> = z.object({
  apiVersion: z.literal('networking.k8s.io/v1'),
  kind: z.literal('NetworkPolicy'),
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string()).optional(),
  }),
  spec: z.object({
    podSelector: selector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
    ingress: z
      .array(z.object({ from: peers.optional(), ports: ports.optional() }))
      .optional(),
    egress: z
      .array(z.object({ to: peers.optional(), ports: ports.optional() }))
      .optional(),
  }),
});

/**
 * How evidence of the cluster is read.
 *
 * @internal
 */
export const kubernetesShapes: {
  [K in keyof KubernetesEvidence]: Shape<KubernetesEvidence[K]>;
} = {
  nodeGroups: z.array(
    z.object({
      name: z.string(),
      cluster: z.string(),
      role,
      autoscaling: z.boolean(),
      minNodes: count.optional(),
      maxNodes: count.optional(),
      nodes: count,
      instanceType: z.string().optional(),
    }),
  ),
  nodeUsage: z.array(
    z.object({
      nodeGroup: z.string(),
      cpu: part,
      memory: part,
      maxWorkspacePods: count,
    }),
  ),
  pods: z.array(
    z.object({
      name: z.string(),
      namespace: z.string(),
      cluster: z.string(),
      region: z.string().optional(),
      role,
      ready: z.boolean(),
      node: z.string().optional(),
      nodeGroup: z.string().optional(),
      zone: z.string().optional(),
      image: z.string(),
      requests: amount,
      limits: amount,
      annotations: z.record(z.string()),
      terminationGracePeriodSeconds: part.optional(),
      volumes: z.array(z.object({ name: z.string(), type: z.string() })),
    }),
  ),
  networkPolicies: z.array(networkPolicyShape),
  storageClasses: z.array(
    z.object({
      name: z.string(),
      provisioner: z.string(),
      usedByWorkspaces: z.boolean(),
    }),
  ),
  helmReleases: z.array(
    z.object({
      name: z.string(),
      namespace: z.string(),
      cluster: z.string(),
      chart: z.string(),
      chartVersion: z.string(),
      status: z.string(),
    }),
  ),
};
