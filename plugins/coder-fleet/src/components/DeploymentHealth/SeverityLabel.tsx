import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { HealthSeverity } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { StatusLabel, type Tone } from '../StatusLabel';

const TONES: Readonly<Record<string, Tone>> = {
  ok: 'ok',
  warning: 'warning',
  error: 'error',
};

/**
 * Coder's severity. When it is not known to hold now, it says what it was, and is not coloured by it.
 * A severity that Coder added later is shown as it came.
 *
 * @internal
 */
export const SeverityLabel = (props: {
  severity: HealthSeverity;
  known: boolean;
}) => {
  const { severity, known } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return known ? (
    <StatusLabel tone={TONES[severity] ?? 'unknown'}>{severity}</StatusLabel>
  ) : (
    <StatusLabel tone="unknown">{t('health.was', { severity })}</StatusLabel>
  );
};
