import type { TimedVerdict } from '../tracker/stateHorizon';

/**
 * A verdict as the columns of `deployments`.
 *
 * @internal
 */
export function verdictColumns(verdict: TimedVerdict) {
  const { current, until, next } = verdict;
  return {
    state: current.state,
    state_reason: current.reason,
    state_until: until?.getTime() ?? null,
    next_state: next?.state ?? null,
    next_state_reason: next?.reason ?? null,
  };
}
