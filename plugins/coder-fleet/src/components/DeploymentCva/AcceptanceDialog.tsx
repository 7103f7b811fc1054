import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { useId, useState, type ReactNode } from 'react';
import { useChange } from '../../hooks/useChange';
import { coderFleetTranslationRef } from '../../translation';
import { FormDialog } from '../FormDialog';
import { EndDateField } from './EndDateField';
import { useEndDate } from './useEndDate';

/** A quarter: long enough to plan the remedy. */
const PROPOSED_DAYS = 90;

/**
 * Asks why and until when something is accepted.
 *
 * @internal
 */
export const AcceptanceDialog = (props: {
  title: string;
  text: ReactNode;
  work: (acceptance: { reason: string; expiresAt: string }) => Promise<unknown>;
  /** Titles of the messages after it. */
  done: string;
  failed: string;
  onClose: () => void;
  onDone: () => void;
}) => {
  const { title, text, work, done, failed, onClose, onDone } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  const [reason, setReason] = useState('');
  const end = useEndDate(PROPOSED_DAYS);
  const { pending, change } = useChange({
    work: () => work({ reason: reason.trim(), expiresAt: end.instant ?? '' }),
    done,
    failed,
    onDone,
  });
  return (
    <FormDialog
      title={title}
      text={text}
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
