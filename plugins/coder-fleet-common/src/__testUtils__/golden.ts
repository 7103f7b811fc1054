import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { parseDeploymentFile } from '../deployment/parse';

const FOLDER = join(
  dirname(require.resolve('../../../../package.json')),
  'examples',
  'golden',
);

/** The golden deployments of examples/golden, by the name of their file. */
export const GOLDEN: ReadonlyArray<
  [name: string, deployment: CoderDeployment]
> = readdirSync(FOLDER).map(file => [
  file.replace(/\.yaml$/, ''),
  parseDeploymentFile(readFileSync(join(FOLDER, file), 'utf8')),
]);
