import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/**
 * Examples of `coder-fleet:check`.
 *
 * @internal
 */
export const examples: TemplateExample[] = [
  {
    description: 'Judge what was rendered or fetched into the workspace',
    example: stringify({
      steps: [
        {
          id: 'check',
          name: 'Check the files',
          action: 'coder-fleet:check',
          input: {},
        },
      ],
    }),
  },
  {
    description:
      'Judge the files of one of several deployments, and stop at rules of severity critical only',
    example: stringify({
      steps: [
        {
          id: 'check',
          name: 'Check the files',
          action: 'coder-fleet:check',
          input: { sourcePath: 'deployments/aurora', failOn: 'critical' },
        },
      ],
    }),
  },
];
