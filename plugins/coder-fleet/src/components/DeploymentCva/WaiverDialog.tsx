import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Finding } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { coderFleetTranslationRef } from '../../translation';
import { FormDialog } from '../FormDialog';
import { EndDateField } from './EndDateField';
import { useEndDate } from './useEndDate';

/** A quarter: long enough to plan the remedy. */
const PROPOSED_DAYS = 90;

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
  const id = useId();
  const [reason, setReason] = useState('');
  const end = useEndDate(PROPOSED_DAYS);
  const { pending, change } = useChange({
    work: async () =>
      api.grantWaiver(name, {
        rule,
        reason: reason.trim(),
        expiresAt: end.instant ?? '',
      }),
    done: t('waiver.granted', { rule }),
    failed: t('waiver.failed', { rule }),
    onDone: onGranted,
  });
  return (
    <FormDialog
      title={t('waiver.title', { rule })}
      text={
        <>
          <p>
            {title}. {message}.
          </p>
          <p>{t('waiver.meaning', { name })}</p>
        </>
      }
      confirm={t('waiver.confirm')}
      invalid={!end.instant || reason.trim() === ''}
      pending={pending}
      onConfirm={change}
      onClose={onClose}
    >
      <TextField
        id={id}
        label={t('waiver.reason')}
        value={reason}
        onChange={event => setReason(event.target.value)}
        helperText={t('waiver.reasonHint')}
        inputProps={{ maxLength: 1000 }}
        fullWidth
        multiline
        margin="normal"
        required
      />
      <EndDateField label={t('waiver.until')} end={end} />
    </FormDialog>
  );
};
