import { canReach, Endpoint, Flow } from '../network/canReach';
import type { NetworkPolicy } from '../network/networkPolicy';
import { expect } from './conclude';
import { REPOSITORY } from './declared';
import type { FactPath } from './evidence';
import type { Check, Look } from './Look';
import { unreadableObjects } from './manifests';

/**
 * The fact that NetworkPolicies of a cluster are read from.
 *
 * @internal
 */
export const POLICIES = 'kubernetes.networkPolicies';

/**
 * A connection that a rule asks about, and what to call it.
 *
 * @internal
 */
export type NamedFlow = [
  subject: string,
  from: Endpoint,
  to: Endpoint,
  flow: Flow,
];

/**
 * Checks NetworkPolicies: those in the repository, and those that the cluster has.
 *
 * @internal
 */
export function policies(
  look: Look,
  check: (found: readonly NetworkPolicy[], fact: FactPath) => Check[],
): Check[] {
  return [
    ...look.of(REPOSITORY, repository => [
      ...unreadableObjects(repository),
      ...check(repository.networkPolicies, REPOSITORY),
    ]),
    ...look.running(POLICIES, found => check(found, POLICIES)),
  ];
}

/**
 * Checks whether policies leave a connection open or close it, as is wanted; it fails with the names of those that
 * close it.
 *
 * @internal
 */
export function flowCheck(options: {
  policies: readonly NetworkPolicy[];
  fact: FactPath;
  flow: NamedFlow;
  wanted: 'open' | 'closed';
}): Check {
  const { fact, wanted } = options;
  const [subject, from, to, flow] = options.flow;
  const { reachable, blockedBy } = canReach({
    policies: options.policies,
    from,
    to,
    flow,
  });
  return expect(reachable === (wanted === 'open'), {
    fact,
    subject,
    seen: reachable ? 'open' : `closed by ${blockedBy.join(', ')}`,
    wanted,
  });
}
