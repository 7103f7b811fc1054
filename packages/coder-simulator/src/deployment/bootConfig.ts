import { InputError } from '@backstage/errors';
import { DEFAULT_DOMAIN } from '../tls/LeafCertificates';
import {
  DEFAULT_ACTIVE_SHARE,
  DEFAULT_BUILT_IN_PROVISIONERS,
  DEFAULT_USERS,
  DeploymentConfig,
} from './DeploymentConfig';
import { isDeploymentName } from './names';

const DEFAULT_VERSION = 'v2.36.5';
const DEFAULT_REPLICAS = 3;

/**
 * A deployment to boot without Git. Everything but the name has a default: a licensed v2.36.5 with
 * three replicas on `https://<name>.coder.localhost:<port>`. A community one has one replica.
 *
 * @public
 */
export type BootOptions = Pick<DeploymentConfig, 'name'> &
  Partial<DeploymentConfig>;

/**
 * The whole configuration of what is booted without Git. Throws an `InputError` for a malformed name
 * or URL.
 *
 * @internal
 */
export function bootConfig(
  options: BootOptions,
  port: number,
): DeploymentConfig {
  const { name } = options;
  if (!isDeploymentName(name)) {
    throw new InputError(`Not a deployment's name: ${JSON.stringify(name)}`);
  }
  const {
    edition = 'premium',
    version = DEFAULT_VERSION,
    replicas = DEFAULT_REPLICAS,
    accessUrl = `https://${name}.${DEFAULT_DOMAIN}:${port}`,
  } = options;
  for (const url of [
    accessUrl,
    ...(options.proxies ?? []).map(proxy => proxy.accessUrl),
  ]) {
    if (!URL.canParse(url)) {
      throw new InputError(`Not a URL: ${JSON.stringify(url)}`);
    }
  }
  return {
    name,
    accessUrl,
    wildcardAccessUrl: options.wildcardAccessUrl,
    edition,
    version: version.startsWith('v') ? version : `v${version}`,
    replicas: edition === 'community' ? Math.min(replicas, 1) : replicas,
    builtInProvisioners:
      options.builtInProvisioners ?? DEFAULT_BUILT_IN_PROVISIONERS,
    provisioners: options.provisioners ?? [],
    proxies: options.proxies ?? [],
    supportLinks: options.supportLinks ?? [],
    users: options.users ?? DEFAULT_USERS,
    activeShare: options.activeShare ?? DEFAULT_ACTIVE_SHARE,
    env: options.env ?? {},
    secretEnv: options.secretEnv ?? [],
  };
}
