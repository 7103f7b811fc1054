import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { AppliedWaiver } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { CalendarDate } from '../CalendarDate';
import { PersonLink } from '../PersonLink';
import { StatusLabel } from '../StatusLabel';

/**
 * Who accepted a deviation, why and until when; an expired waiver says that it counts as none.
 *
 * @internal
 */
export const WaiverText = (props: {
  waiver: Pick<AppliedWaiver, 'reason' | 'grantedBy' | 'expiresAt'>;
  state: AppliedWaiver['state'];
}) => {
  const { waiver, state } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <div>
      <StatusLabel tone={state === 'active' ? 'neutral' : 'warning'}>
        {t(state === 'active' ? 'waiver.active' : 'waiver.expired')}{' '}
        <CalendarDate at={waiver.expiresAt} />
      </StatusLabel>{' '}
      {t('waiver.by')} <PersonLink who={waiver.grantedBy} />: {waiver.reason}
    </div>
  );
};
