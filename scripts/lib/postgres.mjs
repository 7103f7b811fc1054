import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import {
  findBinaries,
  ownFolder,
  place,
  serverUser,
} from './postgresBinaries.mjs';
import { isPostgres, readLock, stopServer } from './postgresProcess.mjs';
import { assertFree } from './ports.mjs';
import { isAlive, waitFor } from './processes.mjs';

const USER = 'backstage';
const PASSWORD = 'backstage';
const READY_TIMEOUT_MS = 60_000;

// A lost second is nothing to a test, and waiting for the disk is most of its time.
const THROW_AWAY_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/**
 * Starts PostgreSQL on the loopback address, or picks up the one that already
 * runs on this data folder and port. The role `backstage` (password `backstage`)
 * owns the server: Backstage makes one database for each plugin.
 *
 * @param options - `data`: folder, made at the first start; `port`; `logFile`;
 *   `throwAway`: the data is for one run only, so it need not survive a crash
 * @returns `url` of the database `postgres`, `port`, `data` (where it really is),
 *   `pid`, `moved`, `exited` and `stop()`
 */
export async function startPostgres({ data, port, logFile, throwAway }) {
  const binaries = await findBinaries();
  const user = serverUser();
  const placed = await place({ binaries, data, user });
  const context = { ...placed, port, user, logFile, throwAway };

  const running = await findRunning(context);
  if (running) {
    return handle({ ...context, ...running });
  }
  await assertFree({ PostgreSQL: port });
  await assertVersion({ ...context, major: binaries.major });
  if (!existsSync(context.data)) {
    await initialise(context);
  }
  return handle({ ...context, ...(await launch(context)) });
}

function handle({ data, port, pid, moved, exited }) {
  return {
    data,
    port,
    pid,
    moved,
    exited,
    url: `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`,
    stop: () => stopServer({ data, pid }),
  };
}

/**
 * Reads who holds the data folder. A lock file whose process is gone, or is by
 * now another program's (numbers start over in a container), is removed.
 */
async function findRunning({ data, port }) {
  const held = await readLock(data);
  if (!held) {
    return undefined;
  }
  if (!isAlive(held.pid) || !isPostgres(held.pid)) {
    await rm(join(data, 'postmaster.pid'), { force: true });
    return undefined;
  }
  // It may be starting up, or about to end.
  const settled = await waitFor(
    async () => {
      const now = await readLock(data);
      return !now || !isAlive(now.pid)
        ? 'gone'
        : (await owns(now, data)) && now;
    },
    { timeoutMs: 15_000 },
  );
  if (settled === 'gone') {
    return undefined;
  }
  if (!settled) {
    throw new Error(
      `PostgreSQL (process ${held.pid}) holds ${data} but does not answer. ` +
        `End it with \`kill ${held.pid}\` and try again.`,
    );
  }
  if (settled.port !== port) {
    await stopServer({ data, pid: settled.pid });
    return undefined;
  }
  const exited = new Promise(() => {});
  return { pid: settled.pid, port, exited };
}

async function owns({ port, status }, data) {
  if (status !== 'ready') {
    return false;
  }
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: USER,
    password: PASSWORD,
    database: 'postgres',
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('SHOW data_directory');
    return rows[0].data_directory === data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function assertVersion({ data, major }) {
  const file = join(data, 'PG_VERSION');
  if (!existsSync(file)) {
    return;
  }
  const found = (await readFile(file, 'utf8')).trim();
  if (found !== String(major)) {
    throw new Error(
      `${data} was made by PostgreSQL ${found}, this is ${major}. ` +
        'Start the release that made it to save what you need, ' +
        'or clear the demo with `npm run reset`.',
    );
  }
}

/** Made beside its place and moved there when complete: never half a database. */
async function initialise({ binaries, data, user }) {
  const partial = `${data}.partial`;
  const passwordFile = `${data}.password`;
  await rm(partial, { recursive: true, force: true });
  await ownFolder(partial, user);
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
  if (user) {
    await chown(passwordFile, user.uid, user.gid);
  }
  // The same order of strings on every machine, whatever locales it has.
  const locale = ['--locale=C', '--locale-provider=builtin'];
  const { status, stderr, error } = spawnSync(
    join(binaries, 'bin', 'initdb'),
    [
      `--pgdata=${partial}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--builtin-locale=C.UTF-8',
      ...locale,
      '--no-sync',
    ],
    { ...ids(user), cwd: partial, encoding: 'utf8' },
  );
  await rm(passwordFile, { force: true });
  if (status !== 0) {
    await rm(partial, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL could not make its data folder: ${error?.message ?? stderr}`,
    );
  }
  await rename(partial, data);
}

function ids(user) {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

async function launch({ binaries, data, port, user, logFile, throwAway }) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Backstage keeps a pool for each plugin.
    max_connections: '200',
    ...(throwAway ? THROW_AWAY_SETTINGS : {}),
  };
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const server = spawn(
    join(binaries, 'bin', 'postgres'),
    [
      ...['-D', data, '-p', String(port)],
      ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ],
    // Its own group: Ctrl-C in the terminal must not end it before its clients.
    { ...ids(user), cwd: data, stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  let ended;
  const exited = new Promise(resolve => {
    const end = how => {
      ended = how;
      resolve(how);
    };
    server.once('error', error => end(error.message));
    server.once('exit', (code, signal) =>
      end(signal ? `ended by ${signal}` : `ended with code ${code}`),
    );
  });
  const ready = await waitFor(
    async () => {
      const held = await readLock(data);
      return ended || (held?.pid === server.pid && (await owns(held, data)));
    },
    { timeoutMs: READY_TIMEOUT_MS, intervalMs: 25 },
  );
  if (ready !== true) {
    await stopServer({ data, pid: server.pid });
    throw new Error(
      `PostgreSQL did not start (${ended ?? 'no answer'}). ` +
        `The last lines of ${logFile}:\n${await lastLines(logFile)}`,
    );
  }
  return { pid: server.pid, exited };
}

async function lastLines(file) {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-20).join('\n');
}
