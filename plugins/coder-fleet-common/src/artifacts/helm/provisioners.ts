import type { Plan, PlannedRelease } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { coderImage } from '../images';
import {
  podAnnotations,
  resources,
  securityContext,
  spread,
  workloadAnnotations,
} from './pods';
import { HelmValues, envList, literal } from './values';

/**
 * The Secret that holds a region's provisioner key, and its key.
 *
 * @public
 */
export const PROVISIONER_KEY_SECRET = {
  name: 'coder-provisioner-key',
  key: 'key',
} as const;

/**
 * Tag of a region's provisioners: a template with the same tag is built there.
 *
 * @internal
 */
export const REGION_TAG = 'region';

/**
 * The tags of a region's provisioners. Those of the first region have none: they take the jobs without a tag. Those of
 * the others build in another cluster, so they take only what asks for it. They stand on the key: the chart refuses
 * both.
 * Source: Coder docs, external provisioners.
 *
 * @internal
 */
export function provisionerTags(
  { controlPlane }: Pick<Plan, 'controlPlane'>,
  { region }: Pick<PlannedRelease, 'region'>,
): Record<string, string> {
  return region === controlPlane.region ? {} : { [REGION_TAG]: region };
}

/**
 * Time that a running build gets to finish when its pod is stopped.
 * Source: chart `coder-provisioner`, default.
 */
const TERMINATION_GRACE_PERIOD_SECONDS = 600;

/**
 * Values of the chart `coder-provisioner` for the provisioners of one region.
 *
 * @internal
 */
export function provisionersValues(options: {
  deployment: CoderDeployment;
  plan: Plan;
  provisioners: PlannedRelease;
}): HelmValues {
  const { deployment, plan, provisioners } = options;
  return {
    coder: {
      replicaCount: provisioners.replicas.value,
      image: coderImage(deployment.spec, plan.release.version.value),
      resources: resources(provisioners.container.value),
      annotations: workloadAnnotations(),
      podAnnotations: podAnnotations(),
      ...spread({
        chart: 'coder-provisioner',
        release: provisioners.release,
      }),
      securityContext: securityContext(),
      // They build where workspaces are: kubernetes/workspaces
      serviceAccount: { workspacePerms: false },
      env: envList([
        literal('CODER_URL', deployment.spec.accessUrl),
        literal('CODER_PROMETHEUS_ENABLE', 'true'),
      ]),
    },
    provisionerDaemon: {
      keySecretName: PROVISIONER_KEY_SECRET.name,
      keySecretKey: PROVISIONER_KEY_SECRET.key,
      // The chart's default names a pre-shared key; with a scoped key it must be empty.
      pskSecretName: '',
      terminationGracePeriodSeconds: TERMINATION_GRACE_PERIOD_SECONDS,
    },
  };
}
