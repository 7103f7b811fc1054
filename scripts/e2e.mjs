// Runs the browser tests against the production build, served by a backend with
// a database and simulated deployments of its own. Arguments go to Playwright.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { needsBuild } from './lib/buildState.mjs';
import { findChromium } from './lib/chromium.mjs';
import { dataDirectory, root } from './lib/paths.mjs';
import {
  backendReady,
  hasSeed,
  makeFolders,
  runPostgres,
  runSeed,
  runSimulator,
  runSteps,
  stopOnSignals,
} from './lib/portalSteps.mjs';
import { assertFree, freePort, ports as fixedPorts } from './lib/ports.mjs';
import { removePostgres } from './lib/postgresProcess.mjs';
import { appBuild, backendProduction, hasSimulator } from './lib/services.mjs';
import { Supervisor } from './lib/supervisor.mjs';

const data = join(dataDirectory, 'e2e');
const logs = join(dataDirectory, 'logs', 'e2e');
const supervisor = new Supervisor();

function endWithoutChromium() {
  const inCi = process.env.CI === 'true';
  console.log(
    `e2e tests ${inCi ? 'failed' : 'skipped'}: no Chromium found ` +
      '(install one, or set CHROMIUM_PATH to its executable)',
  );
  process.exit(inCi ? 1 : 0);
}

/** Those of the simulator are part of the addresses in the demo's files. */
async function choosePorts() {
  const { simulator, simulatorControl } = fixedPorts;
  await assertFree({ simulator, simulatorControl });
  return {
    simulator,
    simulatorControl,
    backend: await freePort(),
    postgres: await freePort(),
  };
}

async function startPortal(ports) {
  const baseUrl = `http://localhost:${ports.backend}`;
  const places = { data, logs };
  await removePostgres(join(data, 'postgres'));
  await rm(data, { recursive: true, force: true });
  makeFolders(data);
  const steps = [
    ...(needsBuild()
      ? [['Production build', () => supervisor.run(appBuild(places))]]
      : []),
    [
      'PostgreSQL',
      () =>
        runPostgres(supervisor, {
          ...places,
          port: ports.postgres,
          throwAway: true,
        }),
    ],
    ...(hasSimulator
      ? [
          [
            'Simulated deployments',
            () =>
              runSimulator(supervisor, {
                ...places,
                port: ports.simulator,
                controlPort: ports.simulatorControl,
              }),
          ],
        ]
      : []),
    [
      'Backend',
      () => {
        supervisor.start(backend(places, ports));
        return backendReady(supervisor, baseUrl);
      },
    ],
    ...(hasSeed
      ? [['Demo', () => runSeed(supervisor, { ...places, env: env(ports) })]]
      : []),
  ];
  await supervisor.orDeath(runSteps(steps));
}

function backend(places, ports) {
  return backendProduction({
    ...places,
    configs: ['app-config.yaml', 'app-config.e2e.yaml'],
    env: {
      E2E_PORT: String(ports.backend),
      E2E_POSTGRES_PORT: String(ports.postgres),
    },
  });
}

/** What the demo and the tests need to know of this run. */
function env(ports) {
  const baseUrl = `http://localhost:${ports.backend}`;
  return {
    PORTAL_BACKEND_URL: baseUrl,
    E2E_BASE_URL: baseUrl,
    E2E_SIMULATOR_CONTROL: `http://127.0.0.1:${ports.simulatorControl}`,
  };
}

async function runPlaywright(chromium, ports) {
  const require = createRequire(import.meta.url);
  const cli = require.resolve('@playwright/test/cli');
  const child = spawn(
    process.execPath,
    [cli, 'test', ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env(ports), CHROMIUM_PATH: chromium },
    },
  );
  const [code] = await supervisor.orDeath(once(child, 'exit'));
  return code ?? 1;
}

const chromium = findChromium();
if (!chromium) {
  endWithoutChromium();
}
stopOnSignals(supervisor, 130);
let exitCode = 1;
try {
  const ports = await choosePorts();
  await startPortal(ports);
  exitCode = await runPlaywright(chromium, ports);
} catch (error) {
  console.error(`e2e: ${error.message}`);
}
if (!supervisor.stopping) {
  await supervisor.stop();
  process.exit(exitCode);
}
