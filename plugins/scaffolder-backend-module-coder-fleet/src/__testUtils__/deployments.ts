import {
  type CoderDeployment,
  type CoderDeploymentInput,
  toDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * A complete request; `spec` replaces fields of it.
 *
 * @internal
 */
export function specOf(
  spec: Partial<CoderDeploymentInput['spec']> = {},
): CoderDeploymentInput['spec'] {
  return {
    displayName: 'Aurora',
    owner: 'group:default/team-retail',
    businessUnit: 'retail',
    edition: 'premium',
    users: { expected: 800, activeShare: 0.5 },
    regions: [{ name: 'eu-west', cluster: 'retail-eu-west' }],
    accessUrl: 'https://aurora.example.com',
    wildcardUrl: '*.aurora.example.com',
    database: { type: 'external', highlyAvailable: true },
    backup: { schedule: '0 2 * * *', retentionDays: 30 },
    release: { channel: 'stable' },
    ...spec,
  };
}

/**
 * A checked deployment named `aurora`; `spec` replaces fields of the request.
 *
 * @internal
 */
export function deploymentOf(
  spec: Partial<CoderDeploymentInput['spec']> = {},
): CoderDeployment {
  return toDeployment({ name: 'aurora', spec: specOf(spec) });
}
