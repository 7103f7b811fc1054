import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useId, type ReactNode } from 'react';
import { coderFleetTranslationRef } from '../../translation';

/**
 * Asks before something is changed. While the change is made it cannot be closed.
 *
 * @internal
 */
export const FormDialog = (props: {
  title: string;
  /** What the change does, and what it does not. */
  text: ReactNode;
  confirm: string;
  /** What was entered cannot be sent. */
  invalid?: boolean;
  pending: boolean;
  onConfirm: () => void;
  onClose: () => void;
  /** Fields. */
  children?: ReactNode;
}) => {
  const { title, text, confirm, invalid, pending } = props;
  const { onConfirm, onClose, children } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={pending ? undefined : onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText component="div" id={`${id}-text`}>
          {text}
        </DialogContentText>
        {children}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={pending}>
          {t('dialog.cancel')}
        </Button>
        <Button
          onClick={onConfirm}
          disabled={pending || invalid}
          variant="contained"
          color="primary"
        >
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
