import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { toError } from '@backstage/errors';
import { deploymentRefreshPermission } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import CircularProgress from '@material-ui/core/CircularProgress';
import RefreshIcon from '@material-ui/icons/Refresh';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { coderFleetApiRef } from '../../api';
import { useNotify } from '../../hooks/useNotify';
import { coderFleetTranslationRef } from '../../translation';
import { GuardedButton } from '../GuardedButton';

/**
 * Makes the tracker look at the deployment at once, and says what it found.
 *
 * @internal
 */
export const RefreshButton = (props: {
  name: string;
  onRefreshed: () => void;
}) => {
  const { name, onRefreshed } = props;
  const api = useApi(coderFleetApiRef);
  const notify = useNotify();
  const { t } = useTranslationRef(coderFleetTranslationRef);

  const [{ loading }, refresh] = useAsyncFn(async () => {
    try {
      const found = await api.refresh(name);
      notify({
        title: t('refresh.done', { name, state: found.state }),
        detail: found.stateReason,
        status: found.state === 'healthy' ? 'success' : 'info',
      });
      onRefreshed();
    } catch (error) {
      notify({
        title: t('refresh.failed', { name }),
        detail: toError(error).message,
        status: 'error',
      });
    }
  }, [api, name, notify, onRefreshed, t]);

  return (
    <GuardedButton
      permission={deploymentRefreshPermission}
      resourceRef={name}
      deniedText={t('refresh.denied', {
        permission: deploymentRefreshPermission.name,
      })}
      pending={loading}
      startIcon={
        loading ? (
          <CircularProgress size={16} aria-hidden />
        ) : (
          <RefreshIcon aria-hidden />
        )
      }
      onClick={refresh}
    >
      {loading ? t('refresh.pending') : t('refresh.action')}
    </GuardedButton>
  );
};
