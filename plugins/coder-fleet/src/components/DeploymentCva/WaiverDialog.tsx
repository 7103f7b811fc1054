import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Finding } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../../api';
import { coderFleetTranslationRef } from '../../translation';
import { AcceptanceDialog } from './AcceptanceDialog';

/**
 * Asks why and until when a deviation is accepted.
 *
 * @internal
 */
export const WaiverDialog = (props: {
  name: string;
  finding: Pick<Finding, 'rule' | 'title' | 'message'>;
  onClose: () => void;
  onGranted: () => void;
}) => {
  const { name, finding, onClose, onGranted } = props;
  const { rule, title, message } = finding;
  const api = useApi(coderFleetApiRef);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <AcceptanceDialog
      title={t('waiver.title', { rule })}
      text={
        <>
          <p>
            {title}. {message}.
          </p>
          <p>{t('waiver.meaning', { name })}</p>
        </>
      }
      work={acceptance => api.grantWaiver(name, { rule, ...acceptance })}
      done={t('waiver.granted', { rule })}
      failed={t('waiver.failed', { rule })}
      onClose={onClose}
      onDone={onGranted}
    />
  );
};
