import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const deployment = {
  apiVersion: 'coder-fleet.io/v1alpha1',
  kind: 'CoderDeployment',
  metadata: { name: 'aurora' },
  spec: {
    displayName: 'Aurora',
    owner: 'group:default/team-retail',
    businessUnit: 'retail',
    edition: 'premium',
    users: { expected: 800 },
    regions: [{ name: 'eu-west', cluster: 'retail-eu-west' }],
    accessUrl: 'https://aurora.example.com',
    database: { type: 'external' },
    backup: { schedule: '0 2 * * *' },
    release: { channel: 'stable' },
  },
};

/**
 * Examples of `coder-fleet:render`. In a template the deployment is
 * `${{ steps.plan.output.deployment }}`.
 *
 * @internal
 */
export const examples: TemplateExample[] = [
  {
    description: 'Render the artifacts into the root of the workspace',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Render the artifacts',
          action: 'coder-fleet:render',
          input: { deployment },
        },
      ],
    }),
  },
  {
    description: 'Render the artifacts into a directory',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Render the artifacts',
          action: 'coder-fleet:render',
          input: { deployment, targetPath: 'deployments/aurora' },
        },
      ],
    }),
  },
];
