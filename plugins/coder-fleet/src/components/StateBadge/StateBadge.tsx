import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentState } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { StatusLabel } from '../StatusLabel';
import { STATE_LOOKS } from './stateLooks';

/**
 * The state of a deployment: shape, word and colour.
 *
 * @internal
 */
export const StateBadge = (props: {
  state: DeploymentState;
  className?: string;
}) => {
  const { state, className } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  // A newer backend may send a state that this page does not know.
  const look = STATE_LOOKS[state];
  const { icon, tone } = look ?? STATE_LOOKS.unknown;
  return (
    <StatusLabel icon={icon} tone={tone} className={className}>
      {look ? t(`state.${state}`) : state}
    </StatusLabel>
  );
};
