import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { toError } from '@backstage/errors';
import {
  deploymentUpdatePermission,
  type DeploymentDetail,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { coderFleetApiRef } from '../../api';
import { useNotify } from '../../hooks/useNotify';
import { coderFleetTranslationRef } from '../../translation';
import { GuardedButton } from '../GuardedButton';
import { UpgradeDialog } from './UpgradeDialog';

/**
 * Declares an upgrade beforehand, or ends the one that is declared: what fails meanwhile is expected.
 *
 * @internal
 */
export const UpgradeButton = (props: {
  deployment: Pick<DeploymentDetail, 'name' | 'state'>;
  onChanged: () => void;
}) => {
  const { deployment, onChanged } = props;
  const { name } = deployment;
  const [open, setOpen] = useState(false);
  const api = useApi(coderFleetApiRef);
  const notify = useNotify();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const upgrading = deployment.state === 'upgrading';

  const [{ loading }, end] = useAsyncFn(async () => {
    try {
      await api.endUpgrade(name);
      await api.refresh(name);
      notify({ title: t('upgrade.ended', { name }), status: 'success' });
      onChanged();
    } catch (error) {
      notify({
        title: t('upgrade.failed', { name }),
        detail: toError(error).message,
        status: 'error',
      });
    }
  }, [api, name, notify, onChanged, t]);

  return (
    <>
      <GuardedButton
        permission={deploymentUpdatePermission}
        resourceRef={name}
        deniedText={t('upgrade.denied', {
          permission: deploymentUpdatePermission.name,
        })}
        pending={loading}
        onClick={upgrading ? end : () => setOpen(true)}
      >
        {upgrading ? t('upgrade.end') : t('upgrade.declare')}
      </GuardedButton>
      {open && (
        <UpgradeDialog
          name={name}
          onClose={() => setOpen(false)}
          onDeclared={() => {
            setOpen(false);
            onChanged();
          }}
        />
      )}
    </>
  );
};
