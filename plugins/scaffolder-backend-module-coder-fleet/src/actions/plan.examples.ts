import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const request = {
  name: 'aurora',
  spec: {
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
  },
};

/**
 * Examples of `coder-fleet:plan`.
 *
 * @internal
 */
export const examples: TemplateExample[] = [
  {
    description: 'Plan a deployment of the newest stable release',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Plan the architecture',
          action: 'coder-fleet:plan',
          input: request,
        },
      ],
    }),
  },
  {
    description:
      'Plan a community deployment: it asks for a waiver, as it has one replica',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Plan the architecture',
          action: 'coder-fleet:plan',
          input: {
            name: 'cygnus',
            spec: {
              ...request.spec,
              edition: 'community',
              accessUrl: 'https://cygnus.example.com',
              wildcardUrl: '*.cygnus.example.com',
              release: { version: '2.36.5' },
            },
          },
        },
      ],
    }),
  },
  {
    description: 'Plan a deployment whose files will go to GitHub',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Plan the architecture',
          action: 'coder-fleet:plan',
          input: {
            ...request,
            repoUrl: 'github.com?owner=example&repo=aurora',
          },
        },
      ],
    }),
  },
];
