import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { deploymentDeletePermission } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import DialogContentText from '@material-ui/core/DialogContentText';
import { useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { coderFleetTranslationRef } from '../../translation';
import { FormDialog } from '../FormDialog';
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
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { pending, change } = useChange({
    work: () => api.unregister(name),
    done: t('unregister.done', { name }),
    failed: t('unregister.failed', { name }),
    onDone: onUnregistered,
  });
  return (
    <FormDialog
      title={t('unregister.title', { name })}
      text={
        <>
          <DialogContentText>{t('unregister.notTouched')}</DialogContentText>
          <DialogContentText>{t('unregister.consequence')}</DialogContentText>
        </>
      }
      confirm={t('unregister.confirm')}
      pending={pending}
      onConfirm={change}
      onClose={onClose}
    />
  );
}
