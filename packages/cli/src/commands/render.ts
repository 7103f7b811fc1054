import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  CVA_GENERATION,
  CVA_GENERATIONS,
  render,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Command } from '../command';
import { isFolder, readDeployment } from '../read';
import { oneOf, readArguments, UsageError } from '../usage';

/**
 * `coder-fleet render`: the files of a deployment, as the portal would publish them.
 *
 * @internal
 */
export const renderCommand: Command = {
  usage: `coder-fleet render <coder-deployment.yaml|folder> --output <folder> [--generation ${CVA_GENERATIONS.join('|')}]
    writes Helm values, NetworkPolicies and all other files of a deployment into an empty or new folder
`,
  run(args, terminal) {
    const { path, values } = readArguments(args, {
      output: { type: 'string' },
      generation: { type: 'string', default: CVA_GENERATION },
    });
    const generation = oneOf('generation', CVA_GENERATIONS, values.generation);
    const { output } = values;
    if (output === undefined) {
      throw new UsageError('Say with --output where to');
    }
    const artifacts = render(readDeployment(path), { generation });
    mkdirSync(output, { recursive: true });
    if (!isFolder(output) || readdirSync(output).length > 0) {
      // Nothing that somebody wrote is lost
      throw new InputError(`${output} is not empty: give a new folder`);
    }
    for (const artifact of artifacts) {
      const file = join(output, artifact.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, artifact.content);
      terminal.out(`${file}\n`);
    }
    return 0;
  },
};
