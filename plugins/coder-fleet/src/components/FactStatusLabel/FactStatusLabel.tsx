import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FactDto } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { StatusLabel } from '../StatusLabel';
import { factTrust, TRUST_TONES } from './factTrust';

/**
 * Whether a fact is known, in a word.
 *
 * @internal
 */
export const FactStatusLabel = (props: { fact?: FactDto<unknown> }) => {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const trust = factTrust(props.fact);
  return (
    <StatusLabel tone={TRUST_TONES[trust]}>{t(`facts.${trust}`)}</StatusLabel>
  );
};
