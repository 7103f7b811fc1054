import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { coderFleetTranslationRef } from '../../translation';
import { StatusLabel, type Tone } from '../StatusLabel';
import { supportOf } from '../VersionLabel';

const LOOKS = {
  supported: { tone: 'ok', key: 'version.supported' },
  ended: { tone: 'warning', key: 'version.ended' },
  unknown: { tone: 'unknown', key: 'version.newer' },
  gap: { tone: 'warning', key: 'version.gap' },
} as const satisfies Record<string, { tone: Tone; key: string }>;

/**
 * What the release calendar says of a version, and of which day that calendar is.
 *
 * @internal
 */
export const SupportStatus = (props: { version: string }) => {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const support = supportOf(props.version);
  if (!support) {
    return <StatusLabel tone="unknown">{t('version.unreadable')}</StatusLabel>;
  }
  const { tone, key } = LOOKS[support.status];
  return (
    <>
      <StatusLabel tone={tone}>
        <span title={support.message}>
          {t(key)}
          {support.channels.length > 0 && ` (${support.channels.join(', ')})`}
        </span>
      </StatusLabel>
      <div>{t('version.asOf', { date: support.calendarAsOf })}</div>
    </>
  );
};
