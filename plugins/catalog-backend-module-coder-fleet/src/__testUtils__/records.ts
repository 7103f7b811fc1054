import {
  type CoderDeploymentInput,
  type DeploymentRecord,
  plan,
  toDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * A registered deployment, never seen yet; `spec` replaces fields of the request.
 *
 * @internal
 */
export function recordOf(
  name: string,
  spec: Partial<CoderDeploymentInput['spec']> = {},
): DeploymentRecord {
  const deployment = toDeployment({
    name,
    spec: {
      displayName: `Coder ${name}`,
      owner: 'group:default/team-retail',
      businessUnit: 'retail',
      edition: 'premium',
      users: { expected: 800 },
      regions: [{ name: 'eu-west', cluster: 'cluster-eu' }],
      accessUrl: `https://${name}.example.com`,
      database: { type: 'external' },
      backup: { schedule: '0 2 * * *' },
      release: { channel: 'stable' },
      ...spec,
    },
  });
  const planned = plan(deployment);
  return {
    name,
    displayName: deployment.spec.displayName,
    state: 'provisioning',
    stateReason: 'Registered, not seen yet',
    plannedVersion: planned.release.version.value,
    region: planned.controlPlane.region,
    businessUnit: deployment.spec.businessUnit,
    owner: deployment.spec.owner,
    edition: deployment.spec.edition,
    tier: planned.tier.value,
    accessUrl: deployment.spec.accessUrl,
    registeredAt: '2026-10-01T00:00:00.000Z',
    deployment,
    plan: planned,
  };
}
