import { DateTime } from 'luxon';
import { useState } from 'react';
import { useClock } from '../../time';

/** A decision holds a year at most. */
const MAX_DAYS = 365;

/**
 * The last day of a decision, as a field of the browser has it.
 *
 * @internal
 */
export type EndDate = {
  /** `YYYY-MM-DD`, in the visitor's own time. */
  value: string;
  set: (value: string) => void;
  min: string;
  max: string;
  /** The end of that day, ISO 8601; absent while the day is not within a year from today. */
  instant?: string;
};

/**
 * Keeps the last day of a decision.
 *
 * @internal
 */
export function useEndDate(proposedDays: number): EndDate {
  const today = DateTime.fromJSDate(useClock()()).startOf('day');
  const dayAhead = (days: number) => today.plus({ days }).toISODate() ?? '';
  const [value, set] = useState(() => dayAhead(proposedDays));
  const day = DateTime.fromISO(value);
  const within =
    day.isValid && day >= today && day <= today.plus({ days: MAX_DAYS });
  return {
    value,
    set,
    min: dayAhead(0),
    max: dayAhead(MAX_DAYS),
    ...(within && { instant: day.endOf('day').toUTC().toISO() ?? undefined }),
  };
}
