import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/**
 * Examples of `coder-fleet:publish:git`. `coder-fleet:render` goes before it.
 *
 * @internal
 */
export const examples: TemplateExample[] = [
  {
    description: 'Commit what was rendered into the root of the workspace',
    example: stringify({
      steps: [
        {
          id: 'publish',
          name: 'Commit to Git',
          action: 'coder-fleet:publish:git',
        },
      ],
    }),
  },
  {
    description: 'Commit a directory, over what people edited there',
    example: stringify({
      steps: [
        {
          id: 'publish',
          name: 'Commit to Git',
          action: 'coder-fleet:publish:git',
          input: {
            sourcePath: 'deployments/aurora',
            message: 'Render again after the audit',
            overwriteEdited: true,
          },
        },
      ],
    }),
  },
];
