import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DateTime } from 'luxon';
import { useNow } from '../../time';
import { coderFleetTranslationRef } from '../../translation';

/**
 * How long ago something was; the exact time is in its title.
 *
 * @internal
 */
export const RelativeTime = (props: { at: string | Date }) => {
  const { at } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const now = DateTime.fromJSDate(useNow());
  const time =
    typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at);
  if (!time.isValid) {
    return <span>{String(at)}</span>;
  }
  // Clocks of server and browser differ: what was seen does not lie in the future.
  const justNow = now.diff(time).as('seconds') < 1;
  return (
    <time
      dateTime={time.toUTC().toISO()}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {justNow ? t('time.now') : time.toRelative({ base: now, style: 'short' })}
    </time>
  );
};
