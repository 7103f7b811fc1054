import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  deploymentUpdatePermission,
  type DeploymentDetail,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
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
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const upgrading = deployment.state === 'upgrading';

  const { pending, change: end } = useChange({
    work: async () => {
      await api.endUpgrade(name);
      await api.refresh(name);
    },
    done: t('upgrade.ended', { name }),
    failed: t('upgrade.failed', { name }),
    onDone: onChanged,
  });

  return (
    <>
      <GuardedButton
        permission={deploymentUpdatePermission}
        resourceRef={name}
        deniedText={t('upgrade.denied', {
          permission: deploymentUpdatePermission.name,
        })}
        pending={pending}
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
