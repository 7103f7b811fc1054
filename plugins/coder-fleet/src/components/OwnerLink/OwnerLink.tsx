import { parseEntityRef } from '@backstage/catalog-model';
import {
  EntityRefLink,
  humanizeEntityRef,
} from '@backstage/plugin-catalog-react';
import { fieldProblem } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * The owner of a deployment in the catalog; what is no reference of a group or user stays text.
 *
 * @internal
 */
export const OwnerLink = (props: { owner: string }) => {
  const { owner } = props;
  return isOwner(owner) ? (
    <EntityRefLink entityRef={owner} defaultKind="group" />
  ) : (
    <span>{owner}</span>
  );
};

/**
 * The owner of a deployment as people say it.
 *
 * @internal
 */
export function ownerName(owner: string): string {
  return isOwner(owner)
    ? humanizeEntityRef(parseEntityRef(owner), { defaultKind: 'group' })
    : owner;
}

function isOwner(text: string): boolean {
  return fieldProblem('owner', text) === undefined;
}
