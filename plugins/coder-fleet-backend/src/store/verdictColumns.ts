import type { TimedVerdict } from '../tracker/stateHorizon';

/** Reasons quote what servers send; lists show them. In characters. */
const MAX_REASON_LENGTH = 500;

/**
 * A verdict as the columns of `deployments`.
 *
 * @internal
 */
export function verdictColumns(verdict: TimedVerdict) {
  const { current, until, next } = verdict;
  return {
    state: current.state,
    state_reason: current.reason.slice(0, MAX_REASON_LENGTH),
    state_until: until?.getTime() ?? null,
    next_state: next?.state ?? null,
    next_state_reason: next?.reason.slice(0, MAX_REASON_LENGTH) ?? null,
  };
}
