import {
  systemClock,
  type Clock,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { usePolling } from '../hooks/usePolling';

const ClockContext = createContext<Clock>(systemClock);
const NowContext = createContext<Date | undefined>(undefined);

/**
 * The clock that the pages go by.
 *
 * @internal
 */
export const useClock = (): Clock => useContext(ClockContext);

/**
 * The time that everything on a page is measured from, so that two ages on it always agree.
 *
 * @internal
 */
export function useNow(): Date {
  const clock = useClock();
  return useContext(NowContext) ?? clock();
}

/**
 * Keeps "now" moving while the page is visible. Without a `clock` it goes by the machine's own.
 *
 * @internal
 */
export const ClockProvider = (props: {
  clock?: Clock;
  children: ReactNode;
}) => {
  const { clock = systemClock, children } = props;
  const [now, setNow] = useState(clock);
  usePolling(() => setNow(clock()));

  return (
    <ClockContext.Provider value={clock}>
      <NowContext.Provider value={now}>{children}</NowContext.Provider>
    </ClockContext.Provider>
  );
};
