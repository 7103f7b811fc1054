import { useEffect } from 'react';
import useLatest from 'react-use/esm/useLatest';

/**
 * How often a visible page asks again: half of the demo's cycle, so that a change is on screen within
 * one cycle.
 *
 * @internal
 */
export const POLL_INTERVAL_MS = 5_000;

/**
 * Calls `poll` every `intervalMs` while the tab is visible, and at once when it becomes visible again.
 *
 * @internal
 */
export function usePolling(
  poll: () => void,
  intervalMs: number = POLL_INTERVAL_MS,
): void {
  const latest = useLatest(poll);

  useEffect(() => {
    const tick = () => {
      if (document.visibilityState === 'visible') {
        latest.current();
      }
    };
    const timer = setInterval(tick, intervalMs);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [intervalMs, latest]);
}
