import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Verdict } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { StatusLabel } from '../StatusLabel';
import { VERDICT_TONES } from './verdicts';

/**
 * A verdict in a word, with how many there are of it.
 *
 * @internal
 */
export const VerdictLabel = (props: { verdict: Verdict; count?: number }) => {
  const { verdict, count } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <StatusLabel tone={VERDICT_TONES[verdict] ?? 'unknown'}>
      {count} {t(`findings.${verdict}`)}
    </StatusLabel>
  );
};
