import type { NeededSecret } from './secrets';
import { kubectl } from './shell';

/**
 * The command that creates a Secret from files that are called as its keys. The kubelet and controllers read
 * certificates and credentials of a registry from Secrets of a type of their own.
 * Source: Kubernetes, types of Secrets.
 *
 * @internal
 */
export function createSecret(
  secret: Pick<NeededSecret, 'name' | 'keys' | 'namespace' | 'cluster'>,
): string {
  const { name, keys } = secret;
  const create = `${kubectl(secret)} create secret`;
  if (keys.includes('.dockerconfigjson')) {
    return `${create} docker-registry ${name} --from-file=.dockerconfigjson=./config.json`;
  }
  if (keys.includes('tls.crt')) {
    return `${create} tls ${name} --cert=./tls.crt --key=./tls.key`;
  }
  return [
    `${create} generic ${name}`,
    ...keys.map(key => `--from-file=${key}=./${key}`),
  ].join(' ');
}
