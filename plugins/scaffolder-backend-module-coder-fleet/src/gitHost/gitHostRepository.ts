import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { repositoryUrl } from '@coder-fleet/backstage-plugin-coder-fleet-common';

const KINDS = ['github', 'gitlab', 'azure', 'bitbucketCloud'] as const;

/**
 * The Git hosts that branches are pushed to, by the names of their integrations.
 *
 * @internal
 */
export type GitHostKind = (typeof KINDS)[number];

/**
 * A repository with a Git host.
 *
 * @internal
 */
export type GitHostRepository = {
  kind: GitHostKind;
  host: string;
  /** Its page, which is its identity for the tracker. */
  location: string;
  /** Where Git reads and writes it. */
  cloneUrl: string;
};

/**
 * The repository that was picked in a form. Throws an `InputError` when it is none, or when the portal has no
 * integration with its host: credentials go to hosts of the configuration only.
 *
 * @internal
 */
export function gitHostRepository(
  repoUrl: string,
  integrations: ScmIntegrationRegistry,
): GitHostRepository {
  const location = repositoryUrl(repoUrl);
  const url = new URL(location);
  // "." and ".." would name another repository than the one that is registered
  if (url.href !== location) {
    throw new InputError(`"${repoUrl}" is not the address of a repository`);
  }
  const type = integrations.byHost(url.host)?.type;
  const kind = KINDS.find(known => known === type);
  if (!kind) {
    throw new InputError(
      `The portal has no integration with ${url.host} that branches can be pushed with: add one for ${KINDS.join(', ')} under integrations`,
    );
  }
  return {
    kind,
    host: url.host,
    location,
    cloneUrl: kind === 'azure' ? location : `${location}.git`,
  };
}
