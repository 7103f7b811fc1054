import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/**
 * Examples of `coder-fleet:wait`.
 *
 * @internal
 */
export const examples: TemplateExample[] = [
  {
    description: 'Wait for half an hour until a deployment is healthy',
    example: stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait until it is healthy',
          action: 'coder-fleet:wait',
          input: { name: 'aurora' },
        },
      ],
    }),
  },
  {
    description: 'Wait longer, for a GitOps tool that looks rarely',
    example: stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait until it is healthy',
          action: 'coder-fleet:wait',
          input: { name: 'aurora', timeoutMinutes: 120 },
        },
      ],
    }),
  },
];
