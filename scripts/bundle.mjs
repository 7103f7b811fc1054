// Builds the portal for production into dist-bundle/: the built packages, the
// configuration, the templates and the dependencies that run there.
//   node packages/backend --config app-config.production.yaml   (in that folder)
//   --verbose   print everything that the build says
//   --typed     take the types as `tsc --incremental false` has just written them
import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { needsBuild } from './lib/buildState.mjs';
import { stageBundle, withNpmSettings } from './lib/bundleStage.mjs';
import { folderSize, megabytes } from './lib/folderSize.mjs';
import { bundleDirectory, dataDirectory, root } from './lib/paths.mjs';
import { runSteps, stopOnSignals } from './lib/portalSteps.mjs';
import { appBuild, backstageCli } from './lib/services.mjs';
import { Supervisor } from './lib/supervisor.mjs';

const logs = join(dataDirectory, 'logs', 'bundle');
// Made beside its place and moved there when complete: never half a bundle.
const partial = join(dataDirectory, 'bundle');
const require = createRequire(import.meta.url);
const supervisor = new Supervisor({
  verbose: process.argv.includes('--verbose'),
});

function run(name, { command, args, cwd = root, env }) {
  const logFile = join(logs, `${name}.log`);
  return supervisor.run({ name, command, args, cwd, env, logFile });
}

/**
 * `repo build` puts the types of the packages together from these. From scratch:
 * an incremental compilation may leave older ones where they are.
 */
function declareTypes() {
  if (process.argv.includes('--typed')) {
    return 'as compiled before';
  }
  const args = [
    require.resolve('typescript/bin/tsc'),
    '--incremental',
    'false',
  ];
  return run('types', { command: process.execPath, args });
}

function buildPackages() {
  return run('packages', backstageCli(['repo', 'build']));
}

function buildPages() {
  return needsBuild() ? supervisor.run(appBuild({ logs })) : 'as built before';
}

/**
 * Compiled like a program of its own: what Backstage builds of a backend is an
 * archive, made with Yarn, that does not start without it.
 */
function buildBackend() {
  return run('backend', {
    ...backstageCli(['package', 'build', '--role', 'cli']),
    cwd: join(root, 'packages/backend'),
  });
}

async function packedFiles(location) {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', '--dry-run', '--json', '--ignore-scripts'],
    { cwd: join(root, location), maxBuffer: 64 * 1024 * 1024 },
  );
  return Object.values(JSON.parse(stdout))[0].files.map(({ path }) => path);
}

async function stage() {
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const workspaces = await stageBundle({
    root,
    target: partial,
    packedFiles,
    prepack: cwd =>
      run('prepack', { ...backstageCli(['package', 'prepack']), cwd }),
  });
  return `${workspaces.length} packages`;
}

function install() {
  return withNpmSettings({ root, target: partial }, () =>
    run('install', {
      command: 'npm',
      args: ['ci', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'],
      cwd: partial,
      env: { NODE_ENV: 'production' },
    }),
  );
}

async function complete() {
  await rm(bundleDirectory, { recursive: true, force: true });
  await rename(partial, bundleDirectory);
}

stopOnSignals(supervisor, 130);
const begin = performance.now();
try {
  await runSteps([
    ['Types', declareTypes],
    ['Packages', buildPackages],
    ['Pages', buildPages],
    ['Backend', buildBackend],
    ['Bundle', stage],
    ['Dependencies', install],
  ]);
  await complete();
  const all = await folderSize(bundleDirectory);
  const dependencies = await folderSize(join(bundleDirectory, 'node_modules'));
  const seconds = Math.round((performance.now() - begin) / 1000);
  console.log(
    `dist-bundle: ${megabytes(all)} MB, of which ${megabytes(dependencies)} MB ` +
      `dependencies, in ${seconds} s`,
  );
} catch (error) {
  if (!supervisor.stopping) {
    console.error(`bundle: ${error.message}`);
    await supervisor.stop();
    process.exit(1);
  }
}
