import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/**
 * Examples of `coder-fleet:publish:branch`. `coder-fleet:render` or `coder-fleet:render:list` goes before it.
 *
 * @internal
 */
export const examples: TemplateExample[] = [
  {
    description: 'Push what was rendered to a branch, for a pull request',
    example: stringify({
      steps: [
        {
          id: 'branch',
          name: 'Push a branch',
          action: 'coder-fleet:publish:branch',
          input: {
            repoUrl: 'github.com?owner=example&repo=fleet',
            branchName: 'coder-fleet/aurora',
          },
        },
      ],
    }),
  },
  {
    description: 'Push a directory, with a message of your own',
    example: stringify({
      steps: [
        {
          id: 'branch',
          name: 'Push a branch',
          action: 'coder-fleet:publish:branch',
          input: {
            repoUrl:
              'dev.azure.com?organization=example&project=Platform&repo=fleet',
            branchName: 'coder-fleet/aurora',
            sourcePath: 'deployments/aurora',
            message: 'Render again after the audit',
          },
        },
      ],
    }),
  },
];
