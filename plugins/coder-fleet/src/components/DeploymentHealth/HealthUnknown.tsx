import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { coderFleetTranslationRef } from '../../translation';
import { factTrust, FactStatusLabel } from '../FactStatusLabel';
import { StatusLabel } from '../StatusLabel';
import { Subtle } from '../Subtle';

/**
 * Says that the health is not known, and why.
 *
 * @internal
 */
export const HealthUnknown = (props: { deployment: DeploymentDetail }) => {
  const { facts } = props.deployment;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const fact = facts.health;
  const message = fact?.message ?? facts.reachability?.message;
  return (
    <>
      <Typography variant="h6" component="h3">
        <StatusLabel tone="unknown">
          {fact?.value ? t('health.notNow') : t('health.never')}
        </StatusLabel>
      </Typography>
      <Typography variant="body2">
        <FactStatusLabel trust={factTrust(facts, 'health')} />
        {message && ` · ${message}`}
      </Typography>
      {fact?.value && <Subtle>{t('health.notNowHint')}</Subtle>}
    </>
  );
};
