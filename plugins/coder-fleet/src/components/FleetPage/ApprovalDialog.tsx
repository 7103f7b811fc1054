import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PendingApproval } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { coderFleetTranslationRef } from '../../translation';
import { FormDialog } from '../FormDialog';
import { PendingFigures } from './PendingFigures';

/**
 * Asks before a request is approved. What is approved is what it shows, also when something else is asked for
 * meanwhile.
 *
 * @internal
 */
export const ApprovalDialog = (props: {
  name: string;
  approval: PendingApproval;
  onClose: () => void;
  onApproved: () => void;
}) => {
  const { name, onClose, onApproved } = props;
  // The list behind it is kept fresh: what was looked at must not change under a hand
  const [approval] = useState(props.approval);
  const [comment, setComment] = useState('');
  const api = useApi(coderFleetApiRef);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  const { pending, change } = useChange({
    work: () =>
      api.approvePendingRequest(name, {
        digest: approval.digest,
        ...(comment.trim() && { comment: comment.trim() }),
      }),
    done: t('pending.granted', { name }),
    failed: t('pending.failed', { name }),
    onDone: onApproved,
  });
  return (
    <FormDialog
      title={t('pending.approveOf', { name })}
      text={
        <>
          <PendingFigures approval={approval} />
          <p>{t('pending.approveConsequence')}</p>
        </>
      }
      confirm={t('pending.approveConfirm')}
      pending={pending}
      onConfirm={change}
      onClose={onClose}
    >
      <TextField
        id={id}
        label={t('pending.comment')}
        value={comment}
        onChange={event => setComment(event.target.value)}
        inputProps={{ maxLength: 1000 }}
        fullWidth
        multiline
        margin="normal"
      />
    </FormDialog>
  );
};
