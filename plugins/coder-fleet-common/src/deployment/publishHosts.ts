import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';

/**
 * Key of the configuration that holds where files of deployments may be kept.
 *
 * @public
 */
export const PUBLISH_HOSTS_KEY = 'coderFleet.publish.hosts';

/**
 * Where files of deployments can be kept: in the portal's own directory, or with a Git host.
 *
 * @public
 */
export const PUBLISH_HOSTS = [
  'directory',
  'github',
  'gitlab',
  'azure',
  'bitbucketCloud',
] as const;

/**
 * One of {@link PUBLISH_HOSTS}.
 *
 * @public
 */
export type PublishHost = (typeof PUBLISH_HOSTS)[number];

const DEFAULT_HOSTS: PublishHost[] = ['directory'];

const hostsSchema = z
  .array(
    z.enum(PUBLISH_HOSTS, {
      errorMap: () => ({
        message: `Choose among ${PUBLISH_HOSTS.join(', ')}`,
      }),
    }),
    { invalid_type_error: `Give a list of ${PUBLISH_HOSTS.join(', ')}` },
  )
  .min(1, 'Name at least one, or leave the key out');

/**
 * Reads `coderFleet.publish.hosts`; the directory when it is not there. Throws an `InputError` that says what is
 * wrong.
 *
 * @public
 */
export function parsePublishHosts(config: unknown): PublishHost[] {
  const parsed = hostsSchema.safeParse(config ?? DEFAULT_HOSTS);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(
      `${[PUBLISH_HOSTS_KEY, ...path].join('.')}: ${message}`,
    );
  }
  const hosts = parsed.data;
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `${PUBLISH_HOSTS_KEY}: "${twice}" is there twice: name it once`,
    );
  }
  return hosts;
}
