import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * Whether facts are missing because the tracker has no token for the deployment's origin (`off`), or
 * one that may not read them (`denied`).
 *
 * @internal
 */
export function missingCredential(
  deployment: DeploymentDetail,
): { reason: 'off' | 'denied'; origin: string } | undefined {
  const statuses = Object.values(deployment.facts).map(fact => fact.status);
  const reason = (['off', 'denied'] as const).find(status =>
    statuses.includes(status),
  );
  return reason && { reason, origin: originOf(deployment.accessUrl) };
}

function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return url;
  }
}
