import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { coderFleetTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';
import { Subtle } from '../Subtle';

/**
 * When Coder made its report, and when it was read: Coder answers with the same report for up to 10
 * minutes.
 *
 * @internal
 */
export const HealthTimes = (props: {
  reportedAt?: string;
  observedAt?: string;
}) => {
  const { reportedAt, observedAt } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Subtle>
      {reportedAt ? (
        <>
          {t('health.reported')} <RelativeTime at={reportedAt} />
        </>
      ) : (
        t('health.reportedUnknown')
      )}
      {'; '}
      {t('health.keeps')}
      {observedAt && (
        <>
          {' '}
          {t('health.read')} <RelativeTime at={observedAt} />.
        </>
      )}
    </Subtle>
  );
};
