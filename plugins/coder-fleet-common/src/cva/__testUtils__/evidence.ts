import { deployment } from '../../__testUtils__/deployments';
import { plan } from '../../architecture/plan';
import { Artifact } from '../../artifacts/artifact';
import { render } from '../../artifacts/render';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import type { Fact, FactStatus } from '../../tracking/fact';
import {
  Evidence,
  EvidenceValues,
  FactPath,
  knownFact,
  repositoryEvidence,
  STATEMENTS,
  StatementId,
} from '../evidence';
import type { ValueAt } from '../Look';

/** When the fixtures are looked at. */
export const NOW = new Date('2026-11-02T12:00:00Z');

/** An instant some hours before {@link NOW}, ISO 8601. */
export const hoursAgo = (hours: number): string =>
  new Date(NOW.getTime() - hours * 3_600_000).toISOString();

/** An instant some days after {@link NOW}, ISO 8601. */
export const inDays = (days: number): string => hoursAgo(-24 * days);

export const fact = <T>(value: T): Fact<T> =>
  knownFact(value, { now: NOW, collector: 'test' });

type Values = Omit<EvidenceValues, 'spec' | 'artifacts'>;

/** What each collector would see of a deployment that follows every recommendation. */
export function goodValues(request: CoderDeployment = deployment()): Values {
  const planned = plan(request);
  const version = planned.release.version.value;
  const { controlPlane, provisioners, proxies, database } = planned;
  const zones = ['a', 'b', 'c'];
  return {
    coderApi: {
      reachability: { version: `v${version}`, deploymentId: 'd-1' },
      health: {
        reportedAt: hoursAgo(0),
        severity: 'ok',
        sections: ['access_url', 'database', 'derp', 'websocket'].map(key => ({
          key,
          title: key,
          severity: 'ok',
          dismissed: false,
          warnings: [],
          details: [],
        })),
      },
      replicas: {
        total: controlPlane.replicas.value,
        healthy: controlPlane.replicas.value,
        items: Array.from({ length: controlPlane.replicas.value }, (_, i) => ({
          hostname: `aurora-${i}`,
          error: '',
          databaseLatencyMs: 2,
        })),
      },
      entitlements: {
        hasLicense: true,
        trial: false,
        enabledFeatures: [
          'high_availability',
          'external_provisioner_daemons',
          'workspace_proxy',
          'appearance',
          'external_token_encryption',
        ],
        seats: { actual: 400, limit: 1000 },
        warnings: [],
        errors: [],
      },
      serverOptions: {
        CODER_ACCESS_URL: { value: request.spec.accessUrl, set: true },
        CODER_WILDCARD_ACCESS_URL: {
          value: request.spec.wildcardUrl,
          set: true,
        },
        CODER_PROMETHEUS_ENABLE: { value: true, set: true },
        CODER_PROVISIONER_DAEMONS: { value: 0, set: true },
        CODER_TELEMETRY_ENABLE: { value: false, set: true },
        CODER_OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE: {
          value: false,
          set: true,
        },
      },
      supportLinks: request.spec.supportLinks.map(({ name, target }) => ({
        name,
        target,
        result: 'ok',
      })),
      workspaceProxies: proxies.map(({ region }) => ({
        name: region,
        status: 'ok',
        version: `v${version}`,
      })),
      provisionerDaemons: provisioners.flatMap(({ region, replicas }) =>
        Array.from({ length: replicas.value }, (_, i) => ({
          name: `${region}-${i}`,
          version: `v${version}`,
          key: 'scoped' as const,
          tags: {},
        })),
      ),
      licenses: [{ expiresAt: inDays(200), trial: false }],
      authMethods: { gitHubDefaultProvider: false },
      versions: [
        { version: '2.36.4', firstSeenAt: hoursAgo(24 * 60) },
        { version, firstSeenAt: hoursAgo(24 * 10) },
      ],
    },
    kubernetes: {
      nodeGroups: [
        {
          name: 'coder',
          cluster: controlPlane.cluster,
          role: 'control-plane',
          autoscaling: false,
          nodes: 3,
          instanceType: 'm5.xlarge',
        },
        {
          name: 'workspaces',
          cluster: controlPlane.cluster,
          role: 'workspace',
          autoscaling: true,
          minNodes: 3,
          maxNodes: 80,
          nodes: 12,
          instanceType: 'm5.2xlarge',
        },
      ],
      nodeUsage: [
        {
          nodeGroup: 'workspaces',
          cpu: 0.6,
          memory: 0.6,
          maxWorkspacePods: 20,
        },
      ],
      pods: Array.from({ length: controlPlane.replicas.value }, (_, i) => ({
        name: `aurora-${i}`,
        namespace: controlPlane.namespace,
        cluster: controlPlane.cluster,
        region: controlPlane.region,
        role: 'control-plane' as const,
        ready: true,
        node: `node-${i}`,
        nodeGroup: 'coder',
        zone: zones[i % zones.length],
        image: `ghcr.io/coder/coder:v${version}`,
        requests: podSize(controlPlane.container.value),
        limits: podSize(controlPlane.container.value),
        annotations: {
          'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
        },
        terminationGracePeriodSeconds: 60,
        volumes: [],
      })),
      networkPolicies: repositoryEvidence(render(request)).networkPolicies,
      storageClasses: [
        {
          name: 'gp3',
          provisioner: 'ebs.csi.aws.com',
          usedByWorkspaces: true,
        },
      ],
      helmReleases: [controlPlane, ...provisioners, ...proxies].map(
        ({ release, namespace, cluster }) => ({
          name: release,
          namespace,
          cluster,
          chart: provisioners.some(planned_ => planned_.release === release)
            ? 'coder-provisioner'
            : 'coder',
          chartVersion: version,
          status: 'deployed',
        }),
      ),
    },
    postgres: {
      server: {
        version: '16.4',
        location: 'external',
        region: controlPlane.region,
        zone: 'a',
        instanceClass: 'db.m6i.2xlarge',
        vcpu: database.vcpu.value,
        memoryGB: database.memoryGB.value,
        storageGB: database.storageGB.value,
        storageType: 'gp3',
        iops: 3000,
        highlyAvailable: true,
        pooler: 'none',
      },
      connections: { max: 200, used: 20 },
      latency: { medianMs: 2 },
      utilisation: { cpu: 0.3, memory: 0.4, io: 0.2 },
      schema: { version: 400, dirty: false },
    },
    prometheus: {
      targets: [
        { role: 'control-plane', up: true },
        { role: 'provisioner', up: true },
        { role: 'database', up: true },
      ],
      alertRules: [
        'container_cpu_usage_seconds_total',
        'kube_pod_container_status_restarts_total',
        'coderd_workspace_builds_total',
        'go_sql_in_use_connections',
        'coderd_license_active_users',
      ].map(metric => ({ name: `Alert on ${metric}`, metrics: [metric] })),
      retention: { metricsDays: 200, logsDays: 90 },
      network: { roundTripMs: 40, packetLoss: 0.001 },
      apiLatency: { p95Ms: 80 },
    },
    git: {
      repository: {
        location: 'aurora',
        commit: 'a'.repeat(40),
        committedAt: hoursAgo(24),
      },
      pipelines: [
        { path: '.github/workflows/check.yaml', purpose: 'check' },
        {
          path: '.github/workflows/templates.yaml',
          purpose: 'publish-templates',
        },
      ],
    },
    backups: {
      records: [1, 25, 49]
        .map(hours => ({
          id: `backup-${hours}`,
          engine: 'pg_dump',
          finishedAt: hoursAgo(hours),
          outcome: 'succeeded' as const,
          verified: true,
          coderVersion: version,
          secrets: ['coder-db-url', 'coder-external-token-encryption-keys'],
        }))
        .concat({
          id: 'backup-before-upgrade',
          engine: 'pg_dump',
          finishedAt: hoursAgo(24 * 10 + 2),
          outcome: 'succeeded' as const,
          verified: true,
          coderVersion: '2.36.4',
          secrets: ['coder-db-url'],
        }),
      drills: [
        {
          id: 'drill-1',
          finishedAt: hoursAgo(24 * 7),
          outcome: 'succeeded',
          durationSeconds: 900,
        },
      ],
      engine: { schedule: request.spec.backup.schedule, retentionDays: 30 },
    },
    templates: {
      templates: [
        {
          name: 'kubernetes',
          activeVersion: 'abc1234',
          gitRevision: 'abc1234def',
          deprecated: false,
          requireActiveVersion: true,
          source: {
            lint: [],
            volumes: ['persistentVolumeClaim'],
            placement: {
              nodeSelector: true,
              affinity: true,
              tolerations: true,
            },
            openPorts: [],
          },
        },
      ],
      administrators: [
        {
          username: 'template-bot',
          roles: ['template-admin'],
          usesWorkspaces: false,
        },
      ],
    },
    attestations: {
      statements: (Object.keys(STATEMENTS) as StatementId[]).map(statement => ({
        statement,
        holds: true,
        attestedBy: 'user:default/paula',
        attestedAt: hoursAgo(24),
        reviewBy: inDays(180),
      })),
    },
  };
}

function podSize(size: { cpuMillis: number; memoryGiB: number }) {
  return { cpuMillis: size.cpuMillis, memoryMiB: size.memoryGiB * 1024 };
}

/** Evidence of a deployment that follows every recommendation, looked at by every collector. */
export function goodEvidence(
  options: {
    spec?: Record<string, unknown>;
    /** Changes to the rendered files. */
    edit?: (artifacts: Artifact[]) => Artifact[];
  } = {},
): Evidence {
  const request = deployment(options.spec);
  const artifacts = (options.edit ?? (a => a))(render(request));
  const evidence: Record<string, Record<string, Fact<unknown>>> = {
    spec: { deployment: fact(request), plan: fact(plan(request)) },
    artifacts: { repository: fact(repositoryEvidence(artifacts)) },
  };
  for (const [source, values] of Object.entries(goodValues(request))) {
    evidence[source] = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, fact(value)]),
    );
  }
  return evidence as Evidence;
}

/** The same evidence with one fact changed. */
export function withValue<P extends FactPath>(
  evidence: Evidence,
  path: P,
  change: (value: ValueAt<P>) => ValueAt<P>,
): Evidence {
  const [source, key] = path.split('.');
  const facts = (evidence as Record<string, Record<string, Fact<unknown>>>)[
    source
  ];
  return {
    ...evidence,
    [source]: {
      ...facts,
      [key]: {
        ...facts[key],
        value: change(facts[key].value as ValueAt<P>),
      },
    },
  };
}

/** The same evidence with one fact whose last attempt failed, or that nobody tried. */
export function withoutFact(
  evidence: Evidence,
  path: FactPath,
  status?: Exclude<FactStatus, 'ok'>,
): Evidence {
  const [source, key] = path.split('.');
  const { [key]: known, ...rest } = (
    evidence as Record<string, Record<string, Fact<unknown>>>
  )[source];
  return {
    ...evidence,
    [source]: status ? { ...rest, [key]: { ...known, status } } : rest,
  };
}

/** A change of one rendered file; fails where there is nothing to change. */
export const replace =
  (path: string, from: RegExp | string, to: string) =>
  (artifacts: Artifact[]): Artifact[] =>
    artifacts.map(artifact => {
      if (artifact.path !== path) {
        return artifact;
      }
      const content = artifact.content.replace(from, to);
      if (content === artifact.content) {
        throw new Error(`Nothing to replace in ${path}`);
      }
      return { ...artifact, content };
    });
