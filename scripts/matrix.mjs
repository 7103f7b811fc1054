// Sends every combination of what a deployment may be through the real helm and
// kubectl. `npm test` takes a few of them that cover every pair of choices.
import { spawnSync } from 'node:child_process';
import { root } from './lib/paths.mjs';
import { backstageCli } from './lib/services.mjs';

const { command, args } = backstageCli([
  ...['repo', 'test', '--watchAll=false'],
  'plugins/coder-fleet-common/src/artifacts/tools.test.ts',
]);
const { status } = spawnSync(command, args, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CODER_FLEET_MATRIX: '1' },
});
process.exitCode = status ?? 1;
