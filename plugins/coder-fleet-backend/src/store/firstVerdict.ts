import type { PullRequestStanding } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { stateHorizon } from '../tracker/stateHorizon';
import { verdictColumns } from './verdictColumns';

/**
 * The verdict columns of a deployment that nobody has looked at.
 *
 * @internal
 */
export function firstVerdict(
  registeredAt: Date,
  pullRequest?: PullRequestStanding,
) {
  return verdictColumns(
    stateHorizon(
      { registeredAt, facts: {}, ...(pullRequest && { pullRequest }) },
      registeredAt,
    ),
  );
}
