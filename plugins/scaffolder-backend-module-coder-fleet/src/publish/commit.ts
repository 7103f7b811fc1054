import type { CommitAuthor } from '@coder-fleet/backstage-plugin-coder-fleet-node';

/**
 * The part of the person who runs a template that a commit names.
 *
 * @internal
 */
export type Initiator = {
  ref?: string;
  entity?: {
    spec: { profile?: { displayName?: string; email?: string } };
  };
};

/**
 * The author of a commit: the person who runs the template. A person whom the catalog does not know
 * is named by reference, and a run without a person by the portal; `.invalid` can be no mailbox.
 *
 * @internal
 */
export function commitAuthor(user?: Initiator): CommitAuthor {
  const ref = user?.ref;
  const profile = user?.entity?.spec.profile;
  const mailbox = (ref ?? 'coder-fleet').replace(/[^A-Za-z0-9._-]+/g, '-');
  return {
    name: profile?.displayName?.trim() || ref || 'Coder Fleet',
    email: profile?.email?.trim() || `${mailbox}@portal.invalid`,
  };
}

/**
 * The message of a commit: one line, and who asked for it.
 *
 * @internal
 */
export function commitMessage(options: {
  summary: string;
  initiator?: string;
}): string {
  const { summary, initiator } = options;
  return initiator ? `${summary}\n\nRequested-by: ${initiator}` : summary;
}
