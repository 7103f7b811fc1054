import {
  parseDeployment,
  plan,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { CoderDeployment } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Registration } from '../store/rows';

/** A valid deployment; `spec` replaces whole fields. */
export function testDeployment(
  name: string,
  spec: Record<string, unknown> = {},
): CoderDeployment {
  return parseDeployment({
    apiVersion: 'coder-fleet.io/v1alpha1',
    kind: 'CoderDeployment',
    metadata: { name },
    spec: {
      displayName: `Coder ${name}`,
      owner: 'group:default/platform',
      businessUnit: 'payments',
      edition: 'premium',
      users: { expected: 500, activeShare: 0.5 },
      regions: [{ name: 'eu-west', cluster: 'eu-1' }],
      accessUrl: `https://${name}.coder.example.com`,
      database: { type: 'external' },
      backup: { schedule: '0 3 * * *' },
      release: { version: '2.33.2' },
      ...spec,
    },
  });
}

/** A registration from the deployment's own repository. */
export function testRegistration(
  name: string,
  spec: Record<string, unknown> = {},
): Registration {
  const deployment = testDeployment(name, spec);
  return {
    deployment,
    plan: plan(deployment),
    repository: { type: 'directory', location: name },
  };
}

/** The body that registers it. */
export function registrationBody(
  name: string,
  spec: Record<string, unknown> = {},
) {
  return {
    deployment: testDeployment(name, spec),
    repository: { type: 'directory', location: name, commit: 'a'.repeat(40) },
  };
}
