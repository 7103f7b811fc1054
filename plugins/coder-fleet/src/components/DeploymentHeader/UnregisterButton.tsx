import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { toError } from '@backstage/errors';
import { deploymentDeletePermission } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useId, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { coderFleetApiRef } from '../../api';
import { useNotify } from '../../hooks/useNotify';
import { coderFleetTranslationRef } from '../../translation';
import { GuardedButton } from '../GuardedButton';

/**
 * Takes the deployment off the registry, after saying what that does and what it does not.
 *
 * @internal
 */
export const UnregisterButton = (props: {
  name: string;
  onUnregistered: () => void;
}) => {
  const { name, onUnregistered } = props;
  const [open, setOpen] = useState(false);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <>
      <GuardedButton
        permission={deploymentDeletePermission}
        resourceRef={name}
        deniedText={t('unregister.denied', {
          permission: deploymentDeletePermission.name,
        })}
        onClick={() => setOpen(true)}
      >
        {t('unregister.action')}
      </GuardedButton>
      {open && (
        <UnregisterDialog
          name={name}
          onClose={() => setOpen(false)}
          onUnregistered={onUnregistered}
        />
      )}
    </>
  );
};

function UnregisterDialog(props: {
  name: string;
  onClose: () => void;
  onUnregistered: () => void;
}) {
  const { name, onClose, onUnregistered } = props;
  const api = useApi(coderFleetApiRef);
  const notify = useNotify();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();

  const [{ loading }, unregister] = useAsyncFn(async () => {
    try {
      await api.unregister(name);
    } catch (error) {
      notify({
        title: t('unregister.failed', { name }),
        detail: toError(error).message,
        status: 'error',
      });
      return;
    }
    notify({ title: t('unregister.done', { name }), status: 'success' });
    onUnregistered();
  }, [api, name, notify, onUnregistered, t]);

  return (
    <Dialog
      open
      onClose={loading ? undefined : onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>
        {t('unregister.title', { name })}
      </DialogTitle>
      <DialogContent id={`${id}-text`}>
        <DialogContentText>{t('unregister.notTouched')}</DialogContentText>
        <DialogContentText>{t('unregister.consequence')}</DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={loading}>
          {t('unregister.cancel')}
        </Button>
        <Button
          onClick={unregister}
          disabled={loading}
          variant="contained"
          color="primary"
        >
          {t('unregister.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
