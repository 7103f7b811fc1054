// Kills the portal's backend (SIGKILL) in each step of a task, once before the
// step did anything and once after, starts it again and looks whether the task
// ends as if nothing had happened. Then lets two tasks ask for one name at once.
// With `--moment before` or `--moment after` only that half, in places of its own:
// two halves may run beside each other.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Checks } from './bundle-test/checks.mjs';
import { dataDirectory } from './lib/paths.mjs';
import {
  backendReady,
  makeFolders,
  runPostgres,
  stopOnSignals,
  until,
} from './lib/portalSteps.mjs';
import { freePort } from './lib/ports.mjs';
import { removePostgres } from './lib/postgresProcess.mjs';
import { backendProduction } from './lib/services.mjs';
import { Supervisor } from './lib/supervisor.mjs';
import { Holds } from './recovery-test/holds.mjs';
import { PortalApi } from './recovery-test/portal.mjs';
import { publishedState } from './recovery-test/repository.mjs';

const { moment: only } = parseArgs({
  options: { moment: { type: 'string' } },
}).values;
const place = only ? `recovery-test-${only}` : 'recovery-test';
const data = join(dataDirectory, place);
const places = { data, logs: join(dataDirectory, 'logs', place) };
const supervisor = new Supervisor();
const checks = new Checks();

/** The steps of templates/coder-deployment, by the names in the task's log. */
const STEPS = [
  'Plan the architecture',
  'Render the artifacts',
  'Commit to Git',
  'Register with Coder Fleet',
];

/** Before a step does anything, and when it has done all but said so. */
const MOMENTS = [
  ['before', step => `%Beginning step ${step}%`],
  ['after', step => `%Finished step ${step}%`],
].filter(([moment]) => only === undefined || only === moment);
assert.ok(MOMENTS.length > 0, `There is no moment "${only}": before, after`);

class Backend {
  #env;
  #child;

  constructor({ port, postgresPort }) {
    this.url = `http://localhost:${port}`;
    this.#env = {
      E2E_PORT: String(port),
      E2E_POSTGRES_PORT: String(postgresPort),
    };
  }

  async start() {
    this.#child = supervisor.start(
      backendProduction({
        ...places,
        configs: [
          'app-config.yaml',
          'app-config.e2e.yaml',
          'scripts/recovery-test/app-config.yaml',
        ],
        env: this.#env,
      }),
    );
    await backendReady(supervisor, this.url);
  }

  /** As a machine that loses its power would end it. */
  async kill() {
    await this.#child.kill();
  }
}

/** The task has ended, well. */
async function completed(api, id) {
  await until(
    supervisor,
    async () => !['open', 'processing'].includes((await api.task(id)).status),
    `Task ${id}`,
  );
  const { status } = await api.task(id);
  assert.equal(status, 'completed', (await api.log(id)).join('\n'));
}

async function killedIn({ step, pattern, backend, holds, api, name }) {
  await holds.hold(pattern(step));
  const id = await api.createTask(name);
  await until(supervisor, () => holds.isHeld(), `Step "${step}"`);
  await backend.kill();
  await holds.release();
  await backend.start();
  await until(supervisor, () => api.signIn(), 'Sign-in');
  await completed(api, id);
  const { totalItems } = await api.deployments(name);
  assert.equal(totalItems, 1, `${totalItems} deployments are registered`);
  const { commits, locked, deviation } = await publishedState(data, name);
  assert.equal(commits, 1, `${commits} commits`);
  assert.ok(locked > 5, 'no lock file');
  assert.deepEqual(deviation, { edited: [], missing: [] });
  if (step !== STEPS[0]) {
    assert.match(
      (await api.log(id)).join('\n'),
      /resuming from last known good state/,
    );
  }
}

/** Two tasks ask for one name, for different things; both have planned before either of them goes on. */
async function twoAtOnce(api, holds) {
  await holds.hold(`%Beginning step ${STEPS[1]}%`);
  const ids = [];
  // One after the other: of two that are created in the same instant, the scaffolder may leave one
  // lying until it is told of a third
  for (const expectedUsers of [100, 900]) {
    ids.push(await api.createTask('twins', { expectedUsers }));
    await until(
      supervisor,
      () => holds.isHeld(ids.length),
      `Plan ${ids.length}`,
    );
  }
  await holds.letGo();
  const ended = async () =>
    (await Promise.all(ids.map(id => api.task(id)))).map(
      ({ status }) => status,
    );
  await until(
    supervisor,
    async () => (await ended()).every(s => !['open', 'processing'].includes(s)),
    'Both tasks',
  );
  assert.deepEqual((await ended()).sort(), ['completed', 'failed']);
  const loser = ids[(await ended()).indexOf('failed')];
  assert.match(
    (await api.log(loser)).join('\n'),
    /\S+ published twins on \S+ at \S+ UTC, after this task had looked at it\. Nothing was changed/,
  );
  const { totalItems } = await api.deployments('twins');
  assert.equal(totalItems, 1);
  const { commits, deviation } = await publishedState(data, 'twins');
  assert.equal(commits, 1);
  assert.deepEqual(deviation, { edited: [], missing: [] });
}

async function run() {
  await removePostgres(join(data, 'postgres'));
  await rm(data, { recursive: true, force: true });
  makeFolders(data);
  const postgresPort = await freePort();
  await runPostgres(supervisor, {
    ...places,
    port: postgresPort,
    throwAway: true,
  });
  const backend = new Backend({ port: await freePort(), postgresPort });
  await backend.start();
  const api = new PortalApi(backend.url);
  await until(supervisor, () => api.signIn(), 'Sign-in');
  await until(supervisor, () => api.hasTemplate(), 'The template');
  const holds = await Holds.create(
    `postgresql://backstage:backstage@127.0.0.1:${postgresPort}/backstage_plugin_scaffolder`,
  );
  for (const [index, step] of STEPS.entries()) {
    for (const [moment, pattern] of MOMENTS) {
      const name = `step${index + 1}-${moment}`;
      await checks.check(`killed ${moment} "${step}"`, () =>
        killedIn({ step, pattern, backend, holds, api, name }),
      );
    }
  }
  if (only !== 'before') {
    await checks.check('two tasks for one name: one wins', () =>
      twoAtOnce(api, holds),
    );
  }
  await holds.close();
}

stopOnSignals(supervisor, 130);
let exitCode = 1;
try {
  await run();
  exitCode = checks.failed > 0 ? 1 : 0;
} catch (error) {
  console.error(`recovery: ${error.stack ?? error.message}`);
}
if (!supervisor.stopping) {
  await supervisor.stop();
  await removePostgres(join(data, 'postgres'));
  await rm(data, { recursive: true, force: true });
  process.exit(exitCode);
}
