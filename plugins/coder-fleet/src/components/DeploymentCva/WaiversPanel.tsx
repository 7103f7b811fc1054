import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  waiverCreatePermission,
  type Waiver,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { useNow } from '../../time';
import { coderFleetTranslationRef } from '../../translation';
import { DecisionList } from '../DecisionList';
import { GuardedButton } from '../GuardedButton';
import { Panel } from '../Panel';
import { WaiverText } from './WaiverText';

/**
 * Every deviation that was accepted, also where the acceptance has ended.
 *
 * @internal
 */
export const WaiversPanel = (props: {
  name: string;
  waivers: readonly Waiver[];
  onDecided: () => void;
}) => {
  const { name, waivers, onDecided } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('waiver.all')}>
      {waivers.length === 0 && (
        <Typography variant="body2">{t('waiver.none')}</Typography>
      )}
      <DecisionList>
        {waivers.map(waiver => (
          <WaiverItem
            key={waiver.id}
            name={name}
            waiver={waiver}
            onRevoked={onDecided}
          />
        ))}
      </DecisionList>
    </Panel>
  );
};

function WaiverItem(props: {
  name: string;
  waiver: Waiver;
  onRevoked: () => void;
}) {
  const { name, waiver, onRevoked } = props;
  const { id, rule } = waiver;
  const now = useNow();
  const api = useApi(coderFleetApiRef);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { pending, change } = useChange({
    work: () => api.revokeWaiver(name, id),
    done: t('waiver.revoked', { rule }),
    failed: t('waiver.failed', { rule }),
    onDone: onRevoked,
  });
  const active = new Date(waiver.expiresAt) > now;
  return (
    <li>
      <strong>{rule}</strong>
      <WaiverText waiver={waiver} state={active ? 'active' : 'expired'} />
      <GuardedButton
        permission={waiverCreatePermission}
        resourceRef={name}
        deniedText={t('waiver.denied', {
          permission: waiverCreatePermission.name,
        })}
        size="small"
        aria-label={t(active ? 'waiver.revokeOf' : 'waiver.removeOf', { rule })}
        pending={pending}
        onClick={change}
      >
        {t(active ? 'waiver.revoke' : 'waiver.remove')}
      </GuardedButton>
    </li>
  );
}
