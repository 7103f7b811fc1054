import { EntityRefLink } from '@backstage/plugin-catalog-react';

/**
 * Who did something: a link when it is a user of the catalog, text when it is a service.
 *
 * @internal
 */
export const PersonLink = (props: { who: string }) => {
  const { who } = props;
  return /^user:[\w.-]+\/[\w.-]+$/.test(who) ? (
    <EntityRefLink entityRef={who} defaultKind="user" />
  ) : (
    <span>{who}</span>
  );
};
