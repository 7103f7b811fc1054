import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root, typescriptArgs } from './paths.mjs';

const require = createRequire(import.meta.url);
const cli = join(
  dirname(require.resolve('@backstage/cli/package.json')),
  'bin',
  'backstage-cli',
);
const simulatorMain = join(root, 'packages/coder-simulator/src/main.ts');
const announce = join(root, 'scripts/lib/announceProcess.cjs');

// A backend of which a plugin failed logs that and stays, without serving.
const BACKEND_FAILED = /Backend startup failed/;

/** Whether this tree has the simulated Coder deployments. */
export const hasSimulator = existsSync(simulatorMain);

/**
 * Each function says how to start one part of the portal (see `Child`).
 * `data` is the folder that the parts share, `logs` is where they log.
 */
export function simulator({ data, logs, port, controlPort }) {
  return {
    name: 'simulator',
    command: process.execPath,
    args: [
      ...typescriptArgs,
      simulatorMain,
      ...['--data', data],
      ...['--port', String(port)],
      ...['--control-port', String(controlPort)],
    ],
    cwd: root,
    logFile: join(logs, 'simulator.log'),
  };
}

/** The backend of the dev server; restarts when its sources change. */
export function backendDev({ data, logs }) {
  return {
    name: 'backend',
    command: process.execPath,
    args: [cli, 'package', 'start', '--require', announce],
    cwd: join(root, 'packages/backend'),
    env: { NODE_ENV: 'development', CODER_FLEET_DATA: data },
    logFile: join(logs, 'backend.log'),
    fatal: BACKEND_FAILED,
  };
}

/** The frontend's dev server. */
export function appDev({ data, logs }) {
  return {
    name: 'portal',
    command: process.execPath,
    args: [cli, 'package', 'start'],
    cwd: join(root, 'packages/app'),
    env: {
      NODE_ENV: 'development',
      CODER_FLEET_DATA: data,
      // The address is printed; a demo must not open windows by itself.
      BROWSER: 'none',
    },
    logFile: join(logs, 'portal.log'),
  };
}

/** The backend as in production, serving the built frontend. */
export function backendProduction({ data, logs, configs, env }) {
  return {
    name: 'backend',
    command: process.execPath,
    args: [
      ...typescriptArgs,
      join(root, 'packages/backend/src/index.ts'),
      ...configs.flatMap(config => ['--config', join(root, config)]),
    ],
    cwd: join(root, 'packages/backend'),
    env: { NODE_ENV: 'production', CODER_FLEET_DATA: data, ...env },
    logFile: join(logs, 'backend.log'),
    fatal: BACKEND_FAILED,
  };
}

/** Builds the frontend into packages/app/dist. */
export function appBuild({ logs }) {
  return {
    name: 'build',
    command: process.execPath,
    args: [cli, 'package', 'build'],
    cwd: join(root, 'packages/app'),
    env: { NODE_ENV: 'production' },
    logFile: join(logs, 'build.log'),
  };
}

/** A TypeScript program of this repository, run once. */
export function program({ name, file, args = [], env, logs }) {
  return {
    name,
    command: process.execPath,
    args: [...typescriptArgs, join(root, file), ...args],
    cwd: root,
    env,
    logFile: join(logs, `${name}.log`),
  };
}

/** backstage-cli at the root of the repository. */
export function backstageCli(args) {
  return { command: process.execPath, args: [cli, ...args] };
}
