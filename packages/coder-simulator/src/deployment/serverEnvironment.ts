import {
  DEFAULT_BUILT_IN_PROVISIONERS,
  DeploymentConfig,
} from './DeploymentConfig';

/**
 * The environment of the control plane, also when it was not given as one. What stands in it wins.
 *
 * @internal
 */
export function serverEnvironment(
  config: DeploymentConfig,
): Readonly<Record<string, string>> {
  const { wildcardAccessUrl, builtInProvisioners, supportLinks } = config;
  return {
    CODER_ACCESS_URL: config.accessUrl,
    ...(wildcardAccessUrl && { CODER_WILDCARD_ACCESS_URL: wildcardAccessUrl }),
    ...(builtInProvisioners !== DEFAULT_BUILT_IN_PROVISIONERS && {
      CODER_PROVISIONER_DAEMONS: String(builtInProvisioners),
    }),
    ...(supportLinks.length > 0 && {
      CODER_SUPPORT_LINKS: JSON.stringify(supportLinks),
    }),
    ...config.env,
  };
}
