import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BOOTSTRAP_SCRIPTS } from './scripts.generated';

const SOURCE = join(
  dirname(require.resolve('../../../package.json')),
  'scripts',
  'bootstrap',
  'bootstrap.sh',
);

it('embeds the script as it stands in its folder', () => {
  expect(BOOTSTRAP_SCRIPTS['bootstrap.sh']).toBe(readFileSync(SOURCE, 'utf8'));
});

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;
if (!shellcheck) {
  process.stderr.write('Skipped: no shellcheck on this machine\n');
}

(shellcheck ? it : it.skip)('has nothing for shellcheck to say', () => {
  const { stdout } = spawnSync('shellcheck', [SOURCE], { encoding: 'utf8' });
  // eslint-disable-next-line jest/no-standalone-expect -- what this machine has chooses between it and it.skip
  expect(stdout).toBe('');
});
