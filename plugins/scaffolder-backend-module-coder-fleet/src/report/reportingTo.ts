import {
  type CoderDeployment,
  toDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * The deployment with its backup jobs reporting to the portal, unless it says itself where to; the same one where
 * the portal has no address for that.
 *
 * @internal
 */
export function reportingTo(
  reportsBaseUrl: string | undefined,
  deployment: CoderDeployment,
): CoderDeployment {
  const { metadata, spec } = deployment;
  const { name } = metadata;
  return spec.backup.report || !reportsBaseUrl
    ? deployment
    : toDeployment({
        name,
        spec: {
          ...spec,
          backup: {
            ...spec.backup,
            report: { url: `${reportsBaseUrl}/deployments/${name}` },
          },
        },
      });
}
