import { parseDeployment } from '../deployment/parse';
import type { CoderDeployment } from '../deployment/DeploymentSpec';

/** A request as the form would send it. */
export function deploymentInput(
  spec: Record<string, unknown> = {},
  name = 'aurora',
) {
  return {
    apiVersion: 'coder-fleet.io/v1alpha1',
    kind: 'CoderDeployment',
    metadata: { name },
    spec: {
      displayName: 'Aurora',
      owner: 'group:default/team-retail',
      businessUnit: 'retail',
      edition: 'premium',
      users: { expected: 800 },
      regions: [{ name: 'eu-west', cluster: 'eu-west-1' }],
      accessUrl: 'https://aurora.example.com',
      wildcardUrl: '*.aurora.example.com',
      database: { type: 'external' },
      backup: { schedule: '0 2 * * *' },
      release: { version: '2.36.5' },
      supportLinks: [{ name: 'Help', target: 'https://help.example.com' }],
      ...spec,
    },
  };
}

/** The same, checked. */
export function deployment(
  spec: Record<string, unknown> = {},
  name?: string,
): CoderDeployment {
  return parseDeployment(deploymentInput(spec, name));
}
