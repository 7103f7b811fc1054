import type { Plan, PlannedRelease } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { coderImage } from '../images';
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
import { HelmValues, envList, fromSecret, literal } from './values';

/**
 * The Secret that holds a proxy's session token, and its key. One token a proxy; its replicas share
 * it.
 *
 * @public
 */
export function proxyTokenSecret(region: string) {
  return { name: `coder-proxy-token-${region}`, key: 'token' };
}

/**
 * Values of the chart `coder` for the workspace proxy of one region. It only relays: no database, no
 * provisioners, no rights on workspaces.
 *
 * @internal
 */
export function proxyValues(options: {
  deployment: CoderDeployment;
  plan: Plan;
  proxy: PlannedRelease;
}): HelmValues {
  const { deployment, plan, proxy } = options;
  const region = deployment.spec.regions.find(
    ({ name }) => name === proxy.region,
  );
  const urls = region?.proxy;
  if (!urls) {
    throw new Error(`The region ${proxy.region} has no workspace proxy`);
  }
  return {
    coder: {
      workspaceProxy: true,
      replicaCount: proxy.replicas.value,
      image: coderImage(deployment.spec, plan.release.version.value),
      resources: resources(proxy.container.value),
      annotations: workloadAnnotations(),
      podAnnotations: podAnnotations(),
      podLabels: { 'app.kubernetes.io/component': 'wsproxy' },
      ...placement(CONTROL_PLANE_NODES),
      ...spread({ chart: 'coder', release: proxy.release }),
      securityContext: securityContext(),
      serviceAccount: { workspacePerms: false },
      ...exposureValues(deployment.spec, urls),
      env: envList([
        literal('CODER_PRIMARY_ACCESS_URL', deployment.spec.accessUrl),
        literal('CODER_ACCESS_URL', urls.accessUrl),
        ...(urls.wildcardUrl
          ? [literal('CODER_WILDCARD_ACCESS_URL', urls.wildcardUrl)]
          : []),
        fromSecret('CODER_PROXY_SESSION_TOKEN', proxyTokenSecret(region.name)),
        literal('CODER_PROMETHEUS_ENABLE', 'true'),
      ]),
    },
  };
}
