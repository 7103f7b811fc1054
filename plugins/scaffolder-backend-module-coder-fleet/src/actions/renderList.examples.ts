import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const defaults = {
  owner: 'group:default/platform',
  edition: 'premium',
  regions: [{ name: 'eu-west', cluster: 'shared-eu-west' }],
  database: { type: 'cloudnative-pg', highlyAvailable: true },
  backup: { schedule: '0 2 * * *' },
  release: { channel: 'stable' },
};

/**
 * Examples of `coder-fleet:render:list`.
 *
 * @internal
 */
export const examples: TemplateExample[] = [
  {
    description: 'Render a deployment for each of two customers',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Render all customers',
          action: 'coder-fleet:render:list',
          input: {
            defaults,
            deployments: [
              {
                name: 'north',
                spec: {
                  displayName: 'North',
                  businessUnit: 'north',
                  users: { expected: 200 },
                  accessUrl: 'https://north.example.com',
                },
              },
              {
                name: 'south',
                spec: {
                  displayName: 'South',
                  businessUnit: 'south',
                  users: { expected: 1500 },
                  accessUrl: 'https://south.example.com',
                },
              },
            ],
          },
        },
      ],
    }),
  },
  {
    description: 'Render what a form has as text, for a repository on GitHub',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Render all customers',
          action: 'coder-fleet:render:list',
          input: {
            list: stringify({
              defaults,
              deployments: [
                {
                  name: 'north',
                  spec: {
                    displayName: 'North',
                    businessUnit: 'north',
                    users: { expected: 200 },
                    accessUrl: 'https://north.example.com',
                  },
                },
              ],
            }),
            repoUrl: 'github.com?owner=example&repo=customers',
          },
        },
      ],
    }),
  },
];
