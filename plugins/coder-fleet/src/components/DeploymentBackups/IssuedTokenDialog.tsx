import { CopyTextButton } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { coderFleetTranslationRef } from '../../translation';
import { CodeBlock } from '../CodeBlock';

const useStyles = makeStyles(
  theme => ({
    token: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      '& > :first-child': { flex: 'auto', minWidth: 0 },
    },
  }),
  { name: 'CoderFleetIssuedTokenDialog' },
);

/**
 * Shows a token this once. A click beside the dialog does not close it: the token would be gone.
 *
 * @internal
 */
export const IssuedTokenDialog = (props: {
  token: string;
  onClose: () => void;
}) => {
  const { token, onClose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>{t('reportToken.issued')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t('reportToken.once')}
        </DialogContentText>
        <div className={classes.token}>
          <CodeBlock text={token} label={t('reportToken.token')} />
          <CopyTextButton
            text={token}
            tooltipText={t('reportToken.copied')}
            aria-label={t('reportToken.copy')}
          />
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} variant="contained" color="primary">
          {t('reportToken.kept')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
