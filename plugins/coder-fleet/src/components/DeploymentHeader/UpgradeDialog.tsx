import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { toError } from '@backstage/errors';
import { parseCoderVersion } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { coderFleetApiRef } from '../../api';
import { useNotify } from '../../hooks/useNotify';
import { useClock } from '../../time';
import { coderFleetTranslationRef } from '../../translation';

/** How long most upgrades take at the most: 4 hours. */
const DEFAULT_MS = 4 * 60 * 60_000;

/** As a field of the browser has it, in the visitor's own time. */
function localInput(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/**
 * Asks until when, and where to, a deployment is upgraded.
 *
 * @internal
 */
export const UpgradeDialog = (props: {
  name: string;
  onClose: () => void;
  onDeclared: () => void;
}) => {
  const { name, onClose, onDeclared } = props;
  const clock = useClock();
  const api = useApi(coderFleetApiRef);
  const notify = useNotify();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  const [until, setUntil] = useState(() =>
    localInput(new Date(clock().getTime() + DEFAULT_MS)),
  );
  const [version, setVersion] = useState('');
  const [reason, setReason] = useState('');
  const over = !(new Date(until) > clock());
  const unreadable = version !== '' && !parseCoderVersion(version);

  const [{ loading }, declare] = useAsyncFn(async () => {
    try {
      await api.declareUpgrade(name, {
        until: new Date(until).toISOString(),
        ...(version && { targetVersion: version }),
        ...(reason && { reason }),
      });
      await api.refresh(name);
    } catch (error) {
      notify({
        title: t('upgrade.failed', { name }),
        detail: toError(error).message,
        status: 'error',
      });
      return;
    }
    notify({ title: t('upgrade.declared', { name }), status: 'success' });
    onDeclared();
  }, [api, name, notify, onDeclared, reason, t, until, version]);

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={loading ? undefined : onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>
        {t('upgrade.title', { name })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t('upgrade.meaning')}
        </DialogContentText>
        <TextField
          id={`${id}-until`}
          label={t('upgrade.until')}
          type="datetime-local"
          value={until}
          onChange={event => setUntil(event.target.value)}
          error={over}
          helperText={over ? t('upgrade.over') : t('upgrade.untilHint')}
          InputLabelProps={{ shrink: true }}
          fullWidth
          margin="normal"
          required
        />
        <TextField
          id={`${id}-version`}
          label={t('upgrade.version')}
          value={version}
          onChange={event => setVersion(event.target.value.trim())}
          error={unreadable}
          helperText={unreadable ? t('upgrade.unreadable') : undefined}
          inputProps={{ maxLength: 40 }}
          fullWidth
          margin="normal"
        />
        <TextField
          id={`${id}-reason`}
          label={t('upgrade.reason')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 200 }}
          fullWidth
          margin="normal"
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={loading}>
          {t('upgrade.cancel')}
        </Button>
        <Button
          onClick={declare}
          disabled={loading || over || unreadable}
          variant="contained"
          color="primary"
        >
          {t('upgrade.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
