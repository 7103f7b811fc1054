// Runs a benchmark: npm run bench:<name> -- --json
// With --json the last line is one JSON object: name, figures, baseline, ratios.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, typescriptArgs } from '../scripts/lib/paths.mjs';

const [name, ...args] = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  [
    ...['--no-warnings', ...typescriptArgs],
    join(root, 'benchmarks', `${name}.ts`),
    ...args,
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
