// Starts what `npm run bundle` made as production does: plain node, the
// production configuration alone, PostgreSQL and a reverse proxy that knows who
// asks. Looks at it from outside and ends non-zero when something is wrong.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { Checks } from './bundle-test/checks.mjs';
import { contentProblems } from './bundle-test/contents.mjs';
import { readImage } from './bundle-test/image.mjs';
import { openFleetPage } from './bundle-test/page.mjs';
import {
  endOf,
  productionEnvironment,
  ready,
  startBundle,
} from './bundle-test/portal.mjs';
import { startReverseProxy } from './bundle-test/reverseProxy.mjs';
import { IDENTITY, REFUSED, signsIn } from './bundle-test/signIn.mjs';
import { portalUser } from './bundle-test/user.mjs';
import { findChromium } from './lib/chromium.mjs';
import { bundleDirectory, dataDirectory, root } from './lib/paths.mjs';
import { stopOnSignals } from './lib/portalSteps.mjs';
import { freePort } from './lib/ports.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { removePostgres } from './lib/postgresProcess.mjs';
import { waitFor } from './lib/processes.mjs';
import { Supervisor } from './lib/supervisor.mjs';

const data = join(dataDirectory, 'bundle-test');
const logs = join(dataDirectory, 'logs', 'bundle-test');
const folder = join(root, 'scripts/bundle-test');
const screenshot = join(logs, 'fleet.png');

/** What nobody gets without a token. */
const CLOSED = [
  ['GET', '/api/coder-fleet/deployments'],
  ['GET', '/api/coder-fleet/summary'],
  ['PUT', '/api/coder-fleet/deployments/aurora'],
  ['GET', '/api/catalog/entities'],
  ['GET', '/api/search/query?term='],
  ['GET', '/api/scaffolder/v2/actions'],
  ['POST', '/api/permission/authorize'],
  ['GET', '/api/events/bus/v1/subscriptions/x/events'],
];

const checks = new Checks();
const supervisor = new Supervisor();

async function assertContents() {
  const problems = await contentProblems(bundleDirectory);
  assert.equal(problems.length, 0, problems.slice(0, 20).join('\n'));
}

/** No build, nothing but the bundle, not root. */
async function assertImage() {
  const image = await readImage();
  assert.deepEqual(
    image.instructions.filter(name => ['RUN', 'ADD'].includes(name)),
    [],
  );
  assert.deepEqual(image.copies, ['dist-bundle ./']);
  assert.ok(image.user && image.user !== 'root', 'it runs as root');
  const ignore = await readFile(join(root, '.dockerignore'), 'utf8');
  const lines = ignore.split('\n').filter(line => /^[^#]/.test(line));
  assert.deepEqual(lines, ['*', '!dist-bundle']);
}

/** It ends by itself, not with code 0, and says why. */
async function assertRefuses({ message, ...how }) {
  const lines = [];
  const child = startBundle({
    ...how,
    logs,
    onLine: line => lines.push(line),
  });
  supervisor.onStop(() => child.stop());
  try {
    const end = await endOf(child);
    assert.match(end, /^ended with code [1-9]/, child.tail.join('\n'));
    assert.match(lines.join('\n'), message);
  } finally {
    await child.stop();
  }
}

async function assertClosed(url) {
  const answers = await Promise.all(
    CLOSED.map(async ([method, path]) => {
      const { status } = await fetch(`${url}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: '{}' }),
      });
      return `${method} ${path}: ${status}`;
    }),
  );
  assert.deepEqual(
    answers,
    CLOSED.map(([method, path]) => `${method} ${path}: 401`),
  );
}

async function assertFleetPage({ publicUrl, executablePath }) {
  const { requests, configuration, token } = await openFleetPage({
    executablePath,
    url: publicUrl,
    screenshot,
  });
  const foreign = requests.filter(
    url => !url.startsWith(publicUrl) && !/^(data|blob):/.test(url),
  );
  assert.deepEqual(foreign, [], 'requests to elsewhere');
  assert.match(configuration, new RegExp(publicUrl));
  assert.doesNotMatch(configuration, /password|guest|7007|localhost:3000/);
  return token;
}

/** The templates of the bundle are read in the first seconds after the start. */
async function assertTemplate(url, token) {
  const entity = '/api/catalog/entities/by-name/template/default';
  const found = await waitFor(
    async () => {
      const { status } = await fetch(`${url}${entity}/coder-deployment`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return status === 200;
    },
    { timeoutMs: 60_000, intervalMs: 500 },
  );
  assert.ok(found, 'the catalog does not have the template coder-deployment');
}

async function assertQuietLog(lines, secrets) {
  const errors = lines.filter(line => line.includes('"level":"error"'));
  assert.deepEqual(errors, []);
  const leaks = lines.filter(line => secrets.some(text => line.includes(text)));
  assert.deepEqual(leaks, [], 'lines with the password of PostgreSQL');
}

async function assertStops(child) {
  process.kill(child.pid, 'SIGTERM');
  assert.match(await endOf(child), /^ended (with code 0|by SIGTERM)$/);
}

async function testPortal({ how, ports, publicUrl, executablePath }) {
  const lines = [];
  const child = startBundle({
    ...how,
    name: 'portal',
    configs: [join(folder, 'app-config.org.yaml')],
    env: { ...how.env, BUNDLE_TEST_ORG: join(folder, 'org.yaml') },
    logs,
    onLine: line => lines.push(line),
  });
  supervisor.onStop(() => child.stop());
  const started = await checks.check('starts with plain node', async () => {
    await ready(child, ports.backend);
    return true;
  });
  if (!started) {
    return;
  }
  const direct = `http://127.0.0.1:${ports.backend}`;
  await checks.check('API is closed without a token', () =>
    assertClosed(direct),
  );
  const proxy = await startReverseProxy({
    port: ports.proxy,
    backendPort: ports.backend,
    identity: IDENTITY,
  });
  supervisor.onStop(proxy.close);
  await checks.check('signs in', () => signsIn(direct));
  // Whoever comes before the catalog is read is refused, which is an error.
  const refused = lines.filter(line => REFUSED.test(line));
  const token = await checks.check('fleet page in the browser', () =>
    assertFleetPage({ publicUrl, executablePath }),
  );
  await checks.check('catalog has the template', () =>
    assertTemplate(direct, token),
  );
  await checks.check('log has no error and no password', () =>
    assertQuietLog(
      lines.filter(line => !refused.includes(line)),
      [how.env.POSTGRES_PASSWORD],
    ),
  );
  await checks.check('stops on SIGTERM', () => assertStops(child));
}

async function prepare() {
  await removePostgres(join(data, 'postgres'));
  await rm(data, { recursive: true, force: true });
  await mkdir(join(data, 'credentials'), { recursive: true });
  await mkdir(logs, { recursive: true });
}

/** As an installation has it: a user of its own that may create databases. */
async function databaseUser(url) {
  const user = 'portal';
  const password = randomBytes(24).toString('hex');
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(
      `CREATE ROLE ${user} LOGIN CREATEDB PASSWORD '${password}'`,
    );
  } finally {
    await client.end();
  }
  return { user, password };
}

async function run(executablePath) {
  await prepare();
  const ports = {
    postgres: await freePort(),
    backend: await freePort(),
    proxy: await freePort(),
  };
  const publicUrl = `https://localhost:${ports.proxy}`;
  await checks.check('bundle has only what production needs', assertContents);
  await checks.check('image carries the bundle and runs it', assertImage);
  const server = await startPostgres({
    data: join(data, 'postgres'),
    logFile: join(logs, 'postgres.log'),
    port: ports.postgres,
    throwAway: true,
  });
  supervisor.onStop(server.stop);
  const env = productionEnvironment({
    port: ports.backend,
    publicUrl,
    postgres: { port: ports.postgres, ...(await databaseUser(server.url)) },
    credentials: join(data, 'credentials'),
  });
  const { command } = await readImage();
  const { ids, remark } = portalUser([
    join(bundleDirectory, 'package.json'),
    join(folder, 'org.yaml'),
  ]);
  console.log(`        the portal runs ${remark}`);
  const how = { command, ids, env };
  await checks.check('says that it cannot start', () =>
    assertRefuses({
      ...how,
      name: 'refused-port',
      env: { ...env, LISTEN_PORT: String(ports.postgres) },
      message: /EADDRINUSE/,
    }),
  );
  await checks.check('refuses to start with guests', () =>
    assertRefuses({
      ...how,
      name: 'refused-guest',
      configs: [join(folder, 'app-config.guest.yaml')],
      message: /guest/i,
    }),
  );
  await testPortal({ how, ports, publicUrl, executablePath });
}

const executablePath = findChromium();
if (!existsSync(bundleDirectory)) {
  console.error('bundle test: there is no dist-bundle; run `npm run bundle`');
  process.exit(1);
}
if (!executablePath) {
  console.error(
    'bundle test: no Chromium found (install one, or set CHROMIUM_PATH)',
  );
  process.exit(1);
}
stopOnSignals(supervisor, 130);
try {
  await run(executablePath);
} catch (error) {
  checks.fail('the test itself', error.message);
}
if (!supervisor.stopping) {
  await supervisor.stop();
  await removePostgres(join(data, 'postgres'));
  await rm(data, { recursive: true, force: true });
  console.log(`bundle test: ${checks.summary()} (logs: ${logs})`);
  process.exit(checks.failed > 0 ? 1 : 0);
}
