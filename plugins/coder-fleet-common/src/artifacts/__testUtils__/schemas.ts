import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Role } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { LimitRange } from 'kubernetes-models/v1/LimitRange';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { ResourceQuota } from 'kubernetes-models/v1/ResourceQuota';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { z } from 'zod/v3';

type Model = new (manifest: any) => { validate(): void };

/** Kubernetes' own schema of each kind that is rendered. */
const MODELS: Readonly<Record<string, Model>> = {
  'batch/v1 CronJob': CronJob,
  'batch/v1 Job': Job,
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy,
  'policy/v1 PodDisruptionBudget': PodDisruptionBudget,
  'rbac.authorization.k8s.io/v1 Role': Role,
  'rbac.authorization.k8s.io/v1 RoleBinding': RoleBinding,
  'v1 LimitRange': LimitRange,
  'v1 Namespace': Namespace,
  'v1 PersistentVolumeClaim': PersistentVolumeClaim,
  'v1 ResourceQuota': ResourceQuota,
  'v1 Service': Service,
  'v1 ServiceAccount': ServiceAccount,
};

const name = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/);
const duration = z.string().regex(/^[0-9]+(?:s|m|h)$/);
const secretKey = z.object({ name, key: z.string().min(1) }).strict();
const size = z
  .object({ cpu: z.string(), memory: z.string().regex(/^[0-9]+[MG]i?$/) })
  .strict();

// Source: Kubernetes API reference, Toleration v1
const toleration = z
  .object({
    key: z.string(),
    operator: z.enum(['Equal', 'Exists']),
    value: z.string(),
    effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
  })
  .strict();

const manifest = <S extends z.ZodTypeAny>(spec: S) =>
  z
    .object({
      apiVersion: z.string(),
      kind: z.string(),
      metadata: z
        .object({
          name,
          namespace: name,
          labels: z.record(z.string()).optional(),
          annotations: z.record(z.string()).optional(),
        })
        .strict(),
      spec,
    })
    .strict();

const argoSource = z
  .object({
    repoURL: z.string().url(),
    targetRevision: z.string(),
    path: z.string().optional(),
    chart: z.string().optional(),
    ref: z.string().optional(),
    helm: z
      .object({ releaseName: z.string(), valueFiles: z.array(z.string()) })
      .strict()
      .optional(),
  })
  .strict();

/**
 * Custom resources: no package carries their schemas, so the fields that are used are written down here
 * from their documentation. Anything else is refused.
 */
const CUSTOM: Readonly<Record<string, z.ZodTypeAny>> = {
  // Source: cert-manager, API reference, CertificateSpec
  'cert-manager.io/v1 Certificate': manifest(
    z
      .object({
        secretName: name,
        dnsNames: z
          .array(z.string().regex(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/))
          .min(1),
        issuerRef: z
          .object({
            name,
            kind: z.enum(['Issuer', 'ClusterIssuer']),
            group: z.literal('cert-manager.io'),
          })
          .strict(),
      })
      .strict(),
  ),
  // Source: Prometheus operator, API reference, ServiceMonitorSpec
  'monitoring.coreos.com/v1 ServiceMonitor': manifest(
    z
      .object({
        endpoints: z
          .array(z.object({ port: z.string(), interval: duration }).strict())
          .min(1),
        selector: z.object({ matchLabels: z.record(z.string()) }).strict(),
      })
      .strict(),
  ),
  // Source: Prometheus operator, API reference, PrometheusRuleSpec
  'monitoring.coreos.com/v1 PrometheusRule': manifest(
    z
      .object({
        groups: z.array(
          z
            .object({
              name: z.string(),
              rules: z.array(
                z
                  .object({
                    alert: z.string(),
                    expr: z.string(),
                    for: duration,
                    labels: z.record(z.string()),
                    annotations: z.record(z.string()),
                  })
                  .strict(),
              ),
            })
            .strict(),
        ),
      })
      .strict(),
  ),
  // Source: CloudNativePG, API reference, ClusterSpec
  'postgresql.cnpg.io/v1 Cluster': manifest(
    z
      .object({
        instances: z.number().int().min(1),
        imageName: z.string(),
        imagePullSecrets: z.array(z.object({ name }).strict()).optional(),
        bootstrap: z
          .object({
            initdb: z
              .object({ database: z.string(), owner: z.string() })
              .strict(),
          })
          .strict(),
        resources: z.object({ requests: size, limits: size }).strict(),
        storage: z
          .object({
            size: z.string().regex(/^[0-9]+G$/),
            storageClass: name.optional(),
          })
          .strict(),
        postgresql: z.object({ parameters: z.record(z.string()) }).strict(),
        affinity: z
          .object({
            enablePodAntiAffinity: z.boolean(),
            topologyKey: z.string(),
            podAntiAffinityType: z.enum(['preferred', 'required']),
            nodeSelector: z.record(z.string()).optional(),
            tolerations: z.array(toleration).optional(),
          })
          .strict(),
        monitoring: z.object({ enablePodMonitor: z.boolean() }).strict(),
        plugins: z
          .array(
            z
              .object({
                name: z.string(),
                isWALArchiver: z.boolean(),
                parameters: z.object({ barmanObjectName: name }).strict(),
              })
              .strict(),
          )
          .optional(),
      })
      .strict(),
  ),
  // Source: CloudNativePG, API reference, ScheduledBackupSpec: six fields, seconds first
  'postgresql.cnpg.io/v1 ScheduledBackup': manifest(
    z
      .object({
        schedule: z.string().regex(/^\S+(?: \S+){5}$/),
        backupOwnerReference: z.enum(['none', 'self', 'cluster']),
        immediate: z.boolean(),
        cluster: z.object({ name }).strict(),
        method: z.enum(['barmanObjectStore', 'volumeSnapshot', 'plugin']),
        pluginConfiguration: z.object({ name: z.string() }).strict(),
      })
      .strict(),
  ),
  // Source: barman-cloud plugin, ObjectStore
  'barmancloud.cnpg.io/v1 ObjectStore': manifest(
    z
      .object({
        retentionPolicy: z.string().regex(/^[1-9][0-9]*[dwm]$/),
        configuration: z
          .object({
            destinationPath: z.string(),
            endpointURL: z.string().url().optional(),
            s3Credentials: z
              .object({ accessKeyId: secretKey, secretAccessKey: secretKey })
              .strict(),
            wal: z.object({ compression: z.string() }).strict(),
            data: z.object({ compression: z.string() }).strict(),
          })
          .strict(),
      })
      .strict(),
  ),
  // Source: Argo CD, application.yaml of its operator manual
  'argoproj.io/v1alpha1 Application': manifest(
    z
      .object({
        project: z.string(),
        destination: z.object({ name, namespace: name }).strict(),
        source: argoSource.optional(),
        sources: z.array(argoSource).optional(),
        syncPolicy: z
          .object({
            automated: z
              .object({ prune: z.boolean(), selfHeal: z.boolean() })
              .strict(),
            syncOptions: z.array(z.string()),
          })
          .strict(),
      })
      .strict(),
  ),
  // Source: Flux, source API v1, GitRepositorySpec
  'source.toolkit.fluxcd.io/v1 GitRepository': manifest(
    z
      .object({
        interval: duration,
        url: z.string().regex(/^(?:https|ssh):\/\//),
        ref: z.object({ branch: z.string().min(1) }).strict(),
      })
      .strict(),
  ),
  // Source: Flux, kustomize API v1, KustomizationSpec
  'kustomize.toolkit.fluxcd.io/v1 Kustomization': manifest(
    z
      .object({
        interval: duration,
        path: z.string().startsWith('./'),
        prune: z.boolean(),
        sourceRef: z
          .object({ kind: z.literal('GitRepository'), name })
          .strict(),
      })
      .strict(),
  ),
  // Source: Flux, source API v1, HelmRepositorySpec
  'source.toolkit.fluxcd.io/v1 HelmRepository': manifest(
    z.object({ interval: duration, url: z.string().url() }).strict(),
  ),
  // Source: Flux, helm API v2, HelmReleaseSpec
  'helm.toolkit.fluxcd.io/v2 HelmRelease': manifest(
    z
      .object({
        interval: duration,
        timeout: duration,
        releaseName: z.string().max(53),
        chart: z
          .object({
            spec: z
              .object({
                chart: z.string(),
                version: z.string(),
                sourceRef: z
                  .object({ kind: z.literal('HelmRepository'), name })
                  .strict(),
              })
              .strict(),
          })
          .strict(),
        dependsOn: z
          .array(z.object({ name, namespace: name }).strict())
          .optional(),
        install: z
          .object({
            disableWait: z.boolean(),
            remediation: z.object({ retries: z.number().int() }).strict(),
          })
          .strict(),
        upgrade: z
          .object({
            disableWait: z.boolean().optional(),
            remediation: z.object({ retries: z.number().int() }).strict(),
          })
          .strict(),
        values: z.record(z.unknown()),
      })
      .strict(),
  ),
};

const known = new Set<string>();

/** Throws when Kubernetes, or the controller of a custom resource, would not take an object. */
export function validateObject(object: {
  apiVersion: string;
  kind: string;
}): void {
  const text = JSON.stringify(object);
  if (known.has(text)) {
    return;
  }
  const kind = `${object.apiVersion} ${object.kind}`;
  const Model = MODELS[kind];
  const schema = CUSTOM[kind];
  if (Model) {
    new Model(object).validate();
  } else if (schema) {
    schema.parse(object);
  } else {
    throw new Error(`No schema of ${kind} is at hand`);
  }
  known.add(text);
}

const threshold = z.union([
  z.object({ enabled: z.literal(false) }).strict(),
  z
    .object({
      enabled: z.literal(true),
      thresholds: z
        .object({
          notify: z.number().int().positive(),
          warning: z.number().int().positive(),
          critical: z.number().int().positive(),
        })
        .strict(),
    })
    .strict(),
]);

/** A series selector: back-ticks for quotes, as the chart's own comment asks. */
const selector = z
  .string()
  .regex(/^[a-z_]+[!=]~?`[^`"]+`(?:, [a-z_]+[!=]~?`[^`"]+`)*$/);

/** Values of charts whose schema no package carries, written from their documentation. */
const VALUES: Record<string, z.ZodTypeAny> = {
  // Source: coder/observability 0.6.2, README, Values; Helm charts of Grafana, Prometheus and Loki, values
  'coder-observability': z
    .object({
      global: z
        .object({
          coder: z
            .object({
              controlPlaneNamespace: name,
              externalProvisionersNamespace: name,
              coderdSelector: selector,
              provisionerdSelector: selector,
              workspacesSelector: selector,
              alerts: z
                .object({
                  coderd: z.object({
                    groups: z.object({ Replicas: threshold }).strict(),
                  }),
                  provisionerd: z.object({
                    groups: z.object({ Replicas: threshold }).strict(),
                  }),
                })
                .strict(),
            })
            .strict(),
          alerts: z
            .object({
              enabled: z.boolean(),
              kind: z.enum(['configmap', 'prometheusrule']),
            })
            .strict(),
          postgres: z
            .object({ exporter: z.object({ enabled: z.boolean() }).strict() })
            .strict(),
        })
        .strict(),
      sqlExporter: z.object({ enabled: z.boolean() }).strict(),
      // Chart grafana-agent, values
      'grafana-agent': z
        .object({
          controller: z
            .object({
              tolerations: z.array(
                z
                  .object({
                    key: z.string(),
                    operator: z.enum(['Equal', 'Exists']),
                    value: z.string(),
                    effect: z.enum(['NoSchedule', 'NoExecute']),
                  })
                  .strict(),
              ),
            })
            .strict(),
        })
        .strict(),
      grafana: z
        .object({
          admin: z
            .object({
              existingSecret: name,
              userKey: z.string(),
              passwordKey: z.string(),
            })
            .strict(),
          env: z.record(z.string()),
          'grafana.ini': z
            .object({ 'auth.anonymous': z.object({ enabled: z.boolean() }) })
            .strict(),
        })
        .strict(),
      prometheus: z
        .object({
          server: z
            .object({
              retention: z.string().regex(/^[1-9][0-9]*d$/),
              retentionSize: z.string().regex(/^[1-9][0-9]*GB$/),
              persistentVolume: z
                .object({ size: z.string().regex(/^[1-9][0-9]*Gi$/) })
                .strict(),
            })
            .strict(),
        })
        .strict(),
      loki: z
        .object({
          loki: z
            .object({
              limits_config: z
                .object({
                  retention_period: z.string().regex(/^[1-9][0-9]*h$/),
                })
                .strict(),
              compactor: z
                .object({
                  retention_enabled: z.literal(true),
                  delete_request_store: z.literal('s3'),
                })
                .strict(),
            })
            .strict(),
        })
        .strict(),
    })
    .strict(),
  // Source: coder/coder-logstream-kube, README and helm/values.yaml
  'coder-logstream-kube': z
    .object({
      url: z.string().url(),
      namespaces: z.array(name).min(1),
      image: z
        .object({
          repo: z.string(),
          tag: z.string().regex(/^v\d+\.\d+\.\d+$/),
          pullSecrets: z.array(z.object({ name }).strict()).optional(),
        })
        .strict(),
      resources: z
        .object({
          requests: z.record(z.string()),
          limits: z.record(z.string()),
        })
        .strict(),
      securityContext: z.record(z.unknown()),
    })
    .strict(),
};

/** Throws when the documentation of a chart does not know the values; those of Coder's own charts Helm renders. */
export function validateValues(chart: string, values: unknown): void {
  VALUES[chart]?.parse(values);
}
