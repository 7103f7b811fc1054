// Writes docs/rules.md from the rules, and the JSON schema of deployments; with --check only compares.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, typescriptArgs } from './lib/paths.mjs';

const { status } = spawnSync(
  process.execPath,
  [
    ...['--no-warnings', ...typescriptArgs],
    join(root, 'scripts/docs/main.ts'),
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
