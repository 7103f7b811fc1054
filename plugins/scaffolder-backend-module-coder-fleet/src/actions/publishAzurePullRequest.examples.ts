import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/**
 * Examples of `coder-fleet:publish:azure:pull-request`. `coder-fleet:publish:branch` goes before it.
 *
 * @internal
 */
export const examples: TemplateExample[] = [
  {
    description: 'Open a pull request for a branch that was pushed',
    example: stringify({
      steps: [
        {
          id: 'pullRequest',
          name: 'Open a pull request',
          action: 'coder-fleet:publish:azure:pull-request',
          input: {
            repoUrl:
              'dev.azure.com?organization=example&project=Platform&repo=fleet',
            branchName: 'coder-fleet/aurora',
            targetBranch: 'main',
            title: 'Request Coder deployment aurora',
            description: 'What the plan leads to, and which files go.',
          },
        },
      ],
    }),
  },
];
