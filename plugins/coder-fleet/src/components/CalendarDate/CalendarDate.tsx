import { DateTime } from 'luxon';

/**
 * A day, in the visitor's own time; the exact time is in its title.
 *
 * @internal
 */
export const CalendarDate = (props: { at: string }) => {
  const { at } = props;
  const time = DateTime.fromISO(at);
  if (!time.isValid) {
    return <span>{at}</span>;
  }
  return (
    <time
      dateTime={time.toUTC().toISO()}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {time.toLocaleString(DateTime.DATE_MED)}
    </time>
  );
};
