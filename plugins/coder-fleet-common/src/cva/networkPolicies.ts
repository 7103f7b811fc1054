import { canReach, Endpoint, Flow } from '../network/canReach';
import type { NetworkPolicy } from '../network/networkPolicy';
import { expect } from './conclude';
import { REPOSITORY } from './declared';
import { podsOfWorkspaces } from './endpoints';
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
 * Checks whether policies leave a connection open or close it, as is wanted. What it saw names those that close it.
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

/**
 * Checks that nobody connects between something and workspaces of a namespace. It fails where the common pods do, and
 * warns where only pods do that a policy selects by labels of its own: that may be meant.
 *
 * @internal
 */
export function closedToWorkspaces(options: {
  policies: readonly NetworkPolicy[];
  subject: string;
  namespace: string;
  /** Makes the connection of a pod. */
  connect: (pod: Endpoint) => [from: Endpoint, to: Endpoint, flow: Flow];
}): Check {
  const { subject, connect } = options;
  const { common, selected } = podsOfWorkspaces(
    options.namespace,
    options.policies,
  );
  const check = (pod: Endpoint) =>
    flowCheck({
      policies: options.policies,
      fact: REPOSITORY,
      flow: [subject, ...connect(pod)],
      wanted: 'closed',
    });
  const [first, ...others] = common.map(check);
  const failed = [first, ...others].find(({ verdict }) => verdict !== 'pass');
  if (failed) {
    return failed;
  }
  const open = selected.find(pod => check(pod).verdict !== 'pass');
  return open
    ? {
        ...first,
        verdict: 'warn',
        seen: `open to pods with ${labelWords(open.labels)}`,
      }
    : first;
}

function labelWords(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
