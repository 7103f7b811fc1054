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
 * Examples of `coder-fleet:register`. In a template the deployment is
 * `${{ steps.plan.output.deployment }}`, the repository `${{ steps.publish.output.repository }}`.
 *
 * @internal
 */
export const examples: TemplateExample[] = [
  {
    description: 'Register a deployment with the repository of its artifacts',
    example: stringify({
      steps: [
        {
          id: 'register',
          name: 'Register the deployment',
          action: 'coder-fleet:register',
          input: {
            deployment,
            repository: { type: 'directory', location: 'aurora' },
          },
        },
      ],
    }),
  },
  {
    description:
      'Request a deployment by a pull request: it starts once that is merged',
    example: stringify({
      steps: [
        {
          id: 'register',
          name: 'Register the deployment',
          action: 'coder-fleet:register',
          input: {
            deployment,
            repository: {
              type: 'url',
              location: 'https://github.com/example/aurora',
              // Of publish:github:pull-request: ${{ steps.publish.output.remoteUrl }}
              pullRequest: 'https://github.com/example/aurora/pull/7',
            },
          },
        },
      ],
    }),
  },
  {
    description: 'Register a deployment that was built elsewhere',
    example: stringify({
      steps: [
        {
          id: 'register',
          name: 'Register the deployment',
          action: 'coder-fleet:register',
          input: { deployment },
        },
      ],
    }),
  },
];
