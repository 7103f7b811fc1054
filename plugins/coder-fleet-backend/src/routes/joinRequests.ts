import type { PendingRequest } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * What waits for waivers and what waits for approvals as one list, the oldest first: a request that waits for
 * both is one.
 *
 * @internal
 */
export function joinRequests(
  waivers: readonly PendingRequest[],
  approvals: readonly PendingRequest[],
): PendingRequest[] {
  const byName = new Map(waivers.map(request => [request.deployment, request]));
  for (const request of approvals) {
    const { rules = [] } = byName.get(request.deployment) ?? {};
    byName.set(request.deployment, { ...request, rules });
  }
  return [...byName.values()].sort(
    (a, b) =>
      a.requestedAt.localeCompare(b.requestedAt) ||
      a.deployment.localeCompare(b.deployment),
  );
}
