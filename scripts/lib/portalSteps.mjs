import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { startPostgres } from './postgres.mjs';
import { responds, waitFor } from './processes.mjs';
import { program, simulator } from './services.mjs';

const TIMEOUT_MS = 10 * 60_000;
const SEED = 'scripts/seed-demo.ts';

/** Whether this tree fills the portal with a demo. */
export const hasSeed = existsSync(join(root, SEED));

/** Waits for `condition`; fails when a part dies first or the time is over. */
export async function until(supervisor, condition, what) {
  const settled = await supervisor.orDeath(
    waitFor(condition, { timeoutMs: TIMEOUT_MS, intervalMs: 500 }),
  );
  if (!settled) {
    throw new Error(`${what} did not answer in time.`);
  }
}

/** The folders that app-config.yaml names; what is in them comes later. */
export function makeFolders(data) {
  mkdirSync(join(data, 'git'), { recursive: true });
  mkdirSync(join(data, 'credentials'), { recursive: true, mode: 0o700 });
}

/** PostgreSQL below `data`; returns a remark when it had to be elsewhere. */
export async function runPostgres(supervisor, { data, logs, ...options }) {
  const logFile = join(logs, 'postgres.log');
  const server = await startPostgres({
    ...options,
    data: join(data, 'postgres'),
    logFile,
  });
  supervisor.onStop(server.stop);
  supervisor.watch(`PostgreSQL (log: ${logFile})`, server.exited);
  return server.moved
    ? `its data is in ${server.data}: its user cannot reach this folder`
    : undefined;
}

/** The simulated deployments; `options` as for the service `simulator`. */
export async function runSimulator(supervisor, options) {
  const child = supervisor.start(simulator(options));
  // Its word, not the port: another program might answer there.
  const ready = () => child.tail.some(line => line.includes(' listening on '));
  await until(supervisor, ready, 'The simulator');
}

/** Waits until every plugin of the backend has started. */
export async function backendReady(supervisor, backendUrl) {
  const url = `${backendUrl}/.backstage/health/v1/readiness`;
  await until(supervisor, () => responds(url), 'The backend');
}

/** Fills the portal with the demo. */
export async function runSeed(supervisor, { data, logs, env }) {
  await supervisor.orDeath(
    supervisor.run(
      program({
        name: 'seed',
        file: SEED,
        env: { CODER_FLEET_DATA: data, ...env },
        logs,
      }),
    ),
  );
}

/** Runs the steps one by one and prints each with the time that it took. */
export async function runSteps(steps) {
  for (const [index, [name, step]] of steps.entries()) {
    const begin = performance.now();
    const remark = await step();
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    const ready = `[${index + 1}/${steps.length}] ${name} ready in ${seconds} s`;
    console.log(remark ? `${ready} (${remark})` : ready);
  }
}

/** Stops everything once when the terminal or the system asks for it. */
export function stopOnSignals(supervisor, exitCode) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      if (!supervisor.stopping) {
        console.log('\nStopping');
        await supervisor.stop();
        process.exit(exitCode);
      }
    });
  }
}
