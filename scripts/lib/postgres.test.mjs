import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { dataDirectory } from './paths.mjs';
import { freePort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { removePostgres, runningPostgres } from './postgresProcess.mjs';

const folder = join(dataDirectory, 'test', `${process.pid}-scripts`);
const data = join(folder, 'postgres');
const logFile = join(folder, 'postgres.log');
let port;

async function query(server, sql) {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const start = (options = {}) =>
  startPostgres({ data, port, logFile, throwAway: true, ...options });

before(async () => {
  port = await freePort();
});

after(async () => {
  await removePostgres(data);
  await rm(folder, { recursive: true });
});

test('data survives a stop and a start', async () => {
  const first = await start();
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  assert.equal(await runningPostgres(data), undefined);

  const second = await start();
  assert.deepEqual(await query(second, 'SELECT answer FROM kept'), [
    { answer: 42 },
  ]);
  await second.stop();
});

test('a role that may create databases, and text in one order everywhere', async () => {
  const server = await start();
  await query(server, 'CREATE DATABASE plugin_one');
  const [row] = await query(server, `SELECT 'Zoe' < 'adam' AS by_code_point`);
  assert.equal(row.by_code_point, true);
  await server.stop();
});

test('a server that still runs is picked up', async () => {
  const first = await start();
  const second = await start();
  assert.equal(second.pid, first.pid);
  await second.stop();
  assert.equal(await runningPostgres(data), undefined);
});

test('a server on another port is moved to the port asked for', async () => {
  await start();
  const other = await freePort();
  const moved = await start({ port: other });
  assert.deepEqual(await query(moved, 'SELECT 1 AS one'), [{ one: 1 }]);
  await moved.stop();
});

test('a lock file of a killed server is no obstacle', async () => {
  const killed = await start();
  const lock = await readFile(join(killed.data, 'postmaster.pid'), 'utf8');
  process.kill(killed.pid, 'SIGKILL');
  await killed.exited;
  // As after a restart of a container: the number is another program's by now.
  const reused = lock.replace(/^\d+/, String(process.pid));
  await writeFile(join(killed.data, 'postmaster.pid'), reused);

  const again = await start();
  await again.stop();
});

test('a port in use is named', async () => {
  const holder = await start();
  await assert.rejects(
    start({ data: join(folder, 'other') }),
    new RegExp(`port ${port} \\(PostgreSQL\\)`),
  );
  await holder.stop();
});

test('data of another PostgreSQL version is left alone, with what to do', async () => {
  const server = await start();
  await server.stop();
  const versionFile = join(server.data, 'PG_VERSION');
  await writeFile(versionFile, '9.6\n');
  await assert.rejects(start(), /PostgreSQL 9\.6.*npm run reset/);
  assert.equal(await readFile(versionFile, 'utf8'), '9.6\n');
});
