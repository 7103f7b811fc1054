import type { Plan } from '../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../deployment/DeploymentSpec';
import { coderImage } from '../images';
import { chartKnows } from './chartKeys';
import { exposureValues } from '../kubernetes/exposure';
import {
  CONTROL_PLANE_NODES,
  placement,
  podAnnotations,
  resources,
  securityContext,
  spread,
  workloadAnnotations,
} from './pods';
import { EnvVar, HelmValues, envList, fromSecret, literal } from './values';

/**
 * Longest life of an Owner's token: 90 days. Coder's default of 7 days would cut off the tracker
 * every week; a CronJob renews the token well before.
 */
const MAX_ADMIN_TOKEN_LIFETIME = '2160h';

/** No replica ends before its successor is ready: their users' connections stay spread. */
const KEEP_REPLICAS = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
};

/**
 * Values of the chart `coder` for the control plane.
 *
 * @internal
 */
export function controlPlaneValues(
  deployment: CoderDeployment,
  plan: Plan,
): HelmValues {
  const { controlPlane } = plan;
  const { spec } = deployment;
  return {
    coder: {
      replicaCount: controlPlane.replicas.value,
      image: coderImage(spec, plan.release.version.value),
      resources: resources(controlPlane.container.value),
      annotations: workloadAnnotations(),
      podAnnotations: podAnnotations(),
      podLabels: { 'app.kubernetes.io/component': 'coderd' },
      ...placement(CONTROL_PLANE_NODES),
      ...spread({ chart: 'coder', release: controlPlane.release }),
      ...(chartKnows('coder.strategy', plan.release.version.value) && {
        strategy: KEEP_REPLICAS,
      }),
      securityContext: securityContext(),
      // Who builds workspaces has rights where workspaces are: kubernetes/workspaces
      serviceAccount: { workspacePerms: false },
      ...exposureValues(spec, spec),
      env: envList(environment(spec, plan)),
    },
  };
}

function environment(spec: DeploymentSpec, plan: Plan): EnvVar[] {
  const { builtInProvisioners } = plan.controlPlane;
  return [
    fromSecret('CODER_PG_CONNECTION_URL', spec.database.connectionSecret),
    literal('CODER_ACCESS_URL', spec.accessUrl),
    ...(spec.wildcardUrl
      ? [literal('CODER_WILDCARD_ACCESS_URL', spec.wildcardUrl)]
      : []),
    // The access URL is HTTPS, also where a proxy in front ends it
    literal('CODER_SECURE_AUTH_COOKIE', 'true'),
    literal('CODER_PROVISIONER_DAEMONS', String(builtInProvisioners.value)),
    literal('CODER_PROMETHEUS_ENABLE', 'true'),
    literal('CODER_PROMETHEUS_COLLECT_DB_METRICS', 'true'),
    literal('CODER_OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE', 'false'),
    literal('CODER_MAX_ADMIN_TOKEN_LIFETIME', MAX_ADMIN_TOKEN_LIFETIME),
    // A choice, where the default is to send: whoever wants to share usage data sets it in Git
    literal('CODER_TELEMETRY_ENABLE', 'false'),
    literal('CODER_UPDATE_CHECK', spec.airGap ? 'false' : 'true'),
    literal(
      'CODER_PG_CONN_MAX_OPEN',
      String(plan.database.connectionsPerReplica.value),
    ),
    ...(spec.airGap
      ? [literal('CODER_DERP_SERVER_STUN_ADDRESSES', 'disable')]
      : []),
    ...(spec.observability?.type === 'coder-observability'
      ? [
          literal('CODER_PROMETHEUS_COLLECT_AGENT_STATS', 'true'),
          literal('CODER_LOGGING_HUMAN', '/dev/stderr'),
        ]
      : []),
    ...(spec.database.encryption?.enabled
      ? [
          fromSecret(
            'CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS',
            spec.database.encryption.keysSecret,
          ),
        ]
      : []),
    ...supportLinks(spec),
  ];
}

/** Support links need Premium; the community edition would ignore them. */
function supportLinks(spec: DeploymentSpec): EnvVar[] {
  if (spec.edition !== 'premium' || spec.supportLinks.length === 0) {
    return [];
  }
  const links = spec.supportLinks.map(({ name, target, icon, location }) => ({
    name,
    target,
    ...(icon && { icon }),
    ...(location && { location }),
  }));
  return [literal('CODER_SUPPORT_LINKS', JSON.stringify(links))];
}
