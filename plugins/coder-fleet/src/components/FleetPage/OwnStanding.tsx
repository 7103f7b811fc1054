import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PendingApproval } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { PersonLink } from '../PersonLink';
import { StatusLabel } from '../StatusLabel';
import { Subtle } from '../Subtle';

/**
 * How a request of the user's own stands: somebody else approved exactly it, or has to.
 *
 * @internal
 */
export const OwnStanding = (props: { given: PendingApproval['given'] }) => {
  const { given } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (!given) {
    return (
      <Subtle>
        <StatusLabel tone="progress">{t('pending.own')}</StatusLabel>
      </Subtle>
    );
  }
  return (
    <>
      <StatusLabel tone="ok">
        {t('pending.givenBy')} <PersonLink who={given.approvedBy} />:{' '}
        {t('pending.goOn')}
      </StatusLabel>
      {given.comment && <Subtle>“{given.comment}”</Subtle>}
    </>
  );
};
