import {
  PROVISIONING_DEADLINE_MS,
  deploymentState,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  StateInput,
  StateVerdict,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * A verdict that knows how long it holds.
 *
 * @internal
 */
export type TimedVerdict = {
  /** The state now. */
  current: StateVerdict;
  /** From when on another one holds if nobody looks again. Absent: never. */
  until?: Date;
  /** What holds from then on. Never `healthy`: that needs a look. */
  next?: StateVerdict;
};

/**
 * The state of a deployment now, and what time alone makes of it: stored with the row, it lets a list
 * tell the truth while no tracker runs.
 *
 * @internal
 */
export function stateHorizon(input: StateInput, now: Date): TimedVerdict {
  const current = deploymentState(input, now);
  for (const until of turningPoints(input, now)) {
    const next = deploymentState(input, until);
    if (next.state !== current.state || next.reason !== current.reason) {
      return { current, until, next: withoutGreen(next) };
    }
  }
  return { current };
}

/** The instants at which time alone can change the verdict, those to come, in order. */
function turningPoints(input: StateInput, now: Date): Date[] {
  const points = [input.registeredAt.getTime() + PROVISIONING_DEADLINE_MS];
  if (input.upgrade) {
    points.push(Date.parse(input.upgrade.until));
  }
  for (const fact of Object.values(input.facts)) {
    if (fact?.observedAt) {
      // A fact is stale only after twice its interval, hence the millisecond
      points.push(fact.observedAt.getTime() + 2 * fact.intervalMs + 1);
    }
  }
  return points
    .filter(point => point > now.getTime())
    .sort((a, b) => a - b)
    .map(point => new Date(point));
}

function withoutGreen(verdict: StateVerdict): StateVerdict {
  return verdict.state === 'healthy'
    ? { state: 'unknown', reason: 'The tracker has not looked for a while' }
    : verdict;
}
