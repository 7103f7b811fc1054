import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { parseCoderVersion } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { useClock } from '../../time';
import { coderFleetTranslationRef } from '../../translation';
import { FormDialog } from '../FormDialog';

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
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  const [until, setUntil] = useState(() =>
    localInput(new Date(clock().getTime() + DEFAULT_MS)),
  );
  const [version, setVersion] = useState('');
  const [reason, setReason] = useState('');
  const over = !(new Date(until) > clock());
  const unreadable = version !== '' && !parseCoderVersion(version);

  const { pending, change } = useChange({
    work: async () => {
      await api.declareUpgrade(name, {
        until: new Date(until).toISOString(),
        ...(version && { targetVersion: version }),
        ...(reason && { reason }),
      });
      await api.refresh(name);
    },
    done: t('upgrade.declared', { name }),
    failed: t('upgrade.failed', { name }),
    onDone: onDeclared,
  });

  return (
    <FormDialog
      title={t('upgrade.title', { name })}
      text={t('upgrade.meaning')}
      confirm={t('upgrade.confirm')}
      invalid={over || unreadable}
      pending={pending}
      onConfirm={change}
      onClose={onClose}
    >
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
    </FormDialog>
  );
};
