import type { NeededSecret } from './secrets';
import { kubectl, type Place } from './shell';

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

/**
 * The command that gives a Secret other values, from files that are called as its keys. It may be there or not.
 *
 * @internal
 */
export function replaceSecret(
  secret: Parameters<typeof createSecret>[0],
): string {
  return `${createSecret(secret)} --dry-run=client --output yaml | ${kubectl(secret)} apply --server-side --force-conflicts --filename -`;
}

/**
 * Commands of {@link strictly} that read a value of a Secret into a file. They fail when there is none: kubectl says
 * nothing of a key that is not there. `edit` is a command that the value goes through.
 *
 * @internal
 */
export function readSecret(
  secret: Place & { name: string; key: string },
  file: string,
  edit?: string,
): string[] {
  // In a JSONPath a dot ends a name
  const key = secret.key.replace(/\./g, '\\.');
  return [
    `${kubectl(secret)} get secret ${secret.name} --output jsonpath='{.data.${key}}' | base64 --decode${edit ? ` | ${edit}` : ''} > ${file}`,
    `[ -s ${file} ]`,
  ];
}
