import {
  CVA_GENERATION,
  CVA_GENERATIONS,
  plan,
  planLines,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Command } from '../command';
import { readDeployment } from '../read';
import { oneOf, readArguments } from '../usage';

/**
 * `coder-fleet plan`: the architecture of a deployment, each figure with its source.
 *
 * @internal
 */
export const planCommand: Command = {
  usage: `coder-fleet plan <coder-deployment.yaml|folder> [--format text|json] [--generation ${CVA_GENERATIONS.join('|')}]
    the architecture that a deployment file asks for, each figure with its source
`,
  run(args, terminal) {
    const { path, values } = readArguments(args, {
      format: { type: 'string', default: 'text' },
      generation: { type: 'string', default: CVA_GENERATION },
    });
    const format = oneOf('format', ['text', 'json'], values.format);
    const generation = oneOf('generation', CVA_GENERATIONS, values.generation);
    const planned = plan(readDeployment(path), { generation });
    terminal.out(
      format === 'json'
        ? `${JSON.stringify(planned, null, 2)}\n`
        : `${planLines(planned).join('\n')}\n`,
    );
    return 0;
  },
};
