// Starts the whole portal on this machine: PostgreSQL, the simulated Coder
// deployments, backend and frontend. Ctrl-C ends all of it.
//   --verbose   print everything that the parts say
import { join, relative } from 'node:path';
import { nodeProblem } from './lib/nodeVersion.mjs';
import { dataDirectory } from './lib/paths.mjs';
import {
  backendReady,
  hasSeed,
  makeFolders,
  runPostgres,
  runSeed,
  runSimulator,
  runSteps,
  stopOnSignals,
  until,
} from './lib/portalSteps.mjs';
import { assertFree, ports } from './lib/ports.mjs';
import { responds } from './lib/processes.mjs';
import { appDev, backendDev, hasSimulator } from './lib/services.mjs';
import { Supervisor } from './lib/supervisor.mjs';

const PORTAL = `http://localhost:${ports.portal}`;
const BACKEND = `http://localhost:${ports.backend}`;

const logs = join(dataDirectory, 'logs');
const places = { data: dataDirectory, logs };
const supervisor = new Supervisor({
  verbose: process.argv.includes('--verbose'),
});
let pages;

async function backend() {
  supervisor.start(backendDev(places));
  // Compiling the pages takes a while: let it run beside the backend's start.
  pages = supervisor.start(appDev(places));
  await backendReady(supervisor, BACKEND);
}

async function portal() {
  // The dev server holds its answer back until the pages are compiled.
  await until(supervisor, () => responds(`${PORTAL}/`), 'The portal');
  if (pages.tail.some(line => /^ERROR in |compiled with .*error/.test(line))) {
    throw new Error(`The pages do not compile: see ${pages.logFile}`);
  }
}

async function demo() {
  try {
    const env = { PORTAL_BACKEND_URL: BACKEND };
    await runSeed(supervisor, { ...places, env });
    return undefined;
  } catch (error) {
    if (supervisor.stopping) {
      throw error;
    }
    // The portal works without its demo.
    console.error(error.message);
    return 'incomplete, see above';
  }
}

function steps() {
  const { simulator: port, simulatorControl: controlPort } = ports;
  return [
    [
      'PostgreSQL',
      () => runPostgres(supervisor, { ...places, port: ports.postgres }),
    ],
    ...(hasSimulator
      ? [
          [
            'Simulated deployments',
            () => runSimulator(supervisor, { ...places, port, controlPort }),
          ],
        ]
      : []),
    ['Backend', backend],
    ['Portal', portal],
    ...(hasSeed ? [['Demo', demo]] : []),
  ];
}

async function start() {
  const problem = nodeProblem();
  if (problem) {
    throw new Error(problem);
  }
  // PostgreSQL looks after its own port: it may be ours that still runs.
  const { postgres: _, ...wanted } = ports;
  await assertFree(wanted);
  console.log(
    `Starting Coder Fleet (logs: ${relative(process.cwd(), logs) || logs})`,
  );
  makeFolders(dataDirectory);
  await supervisor.orDeath(runSteps(steps()));
  console.log(`Coder Fleet is ready: ${PORTAL}`);
}

stopOnSignals(supervisor, 0);
try {
  await start();
  await supervisor.died;
} catch (error) {
  if (!supervisor.stopping) {
    console.error(`\nCoder Fleet stops: ${error.message}`);
    await supervisor.stop();
    process.exit(1);
  }
}
