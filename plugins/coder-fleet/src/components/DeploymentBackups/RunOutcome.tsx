import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { coderFleetTranslationRef } from '../../translation';
import { StatusLabel } from '../StatusLabel';
import { Subtle } from '../Subtle';

/**
 * How a run ended; of one that failed, why.
 *
 * @internal
 */
export const RunOutcome = (props: {
  outcome: 'succeeded' | 'failed';
  error?: string;
  /** What was found of it afterwards. */
  verified?: boolean;
}) => {
  const { outcome, error, verified } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (outcome === 'failed') {
    return (
      <>
        <StatusLabel tone="error">{t('backups.failed')}</StatusLabel>
        {error && <div>{error}</div>}
      </>
    );
  }
  if (verified === false) {
    return <StatusLabel tone="warning">{t('backups.notVerified')}</StatusLabel>;
  }
  return (
    <>
      <StatusLabel tone="ok">{t('backups.succeeded')}</StatusLabel>
      {verified && <Subtle>{t('backups.verified')}</Subtle>}
    </>
  );
};
