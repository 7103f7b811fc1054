import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isAlive, waitFor } from './processes.mjs';
import { Supervisor } from './supervisor.mjs';

const logs = await mkdtemp(join(tmpdir(), 'coder-fleet-supervisor-'));

const part = (name, source) => ({
  name,
  command: process.execPath,
  args: ['-e', source],
  logFile: join(logs, `${name}.log`),
});

const STAYS = 'setInterval(() => {}, 1000)';

test('the death of a part is reported with its name and last lines', async () => {
  const supervisor = new Supervisor({ print: () => {} });
  supervisor.start(part('stays', STAYS));
  supervisor.start(part('dies', `console.error('no disk'); process.exit(3)`));
  await assert.rejects(supervisor.died, /dies ended with code 3[^]*no disk/);
  await supervisor.stop();
});

test('stopping ends a part and the processes that it started', async () => {
  const supervisor = new Supervisor({ print: () => {} });
  const child = supervisor.start(
    part(
      'parent',
      `const { pid } = require('child_process').spawn(process.execPath, ['-e', '${STAYS}']);
       console.log('child ' + pid); ${STAYS}`,
    ),
  );
  const grandchild = await waitFor(
    () => /child (\d+)/.exec(child.tail.join('\n'))?.[1],
    { timeoutMs: 20_000 },
  );
  await supervisor.stop();
  assert.equal(isAlive(child.pid), false);
  assert.equal(isAlive(Number(grandchild)), false);
});

test('a backend that dies behind its dev server is noticed', async () => {
  const supervisor = new Supervisor({ print: () => {} });
  supervisor.start(
    part(
      'backend',
      `const c = require('child_process').spawn(process.execPath, ['-e', ''], { stdio: 'inherit' });
       console.log('[coder-fleet] process ' + c.pid); ${STAYS}`,
    ),
  );
  await assert.rejects(supervisor.died, /backend ended/);
  await supervisor.stop();
});

test('a backend that failed but stays is a death, too', async () => {
  const supervisor = new Supervisor({ print: () => {} });
  supervisor.start({
    ...part('backend', `console.log('startup failed: no table'); ${STAYS}`),
    fatal: /startup failed/,
  });
  await assert.rejects(supervisor.died, /backend failed[^]*no table/);
  await supervisor.stop();
});

test('only problems are printed, everything is logged', async () => {
  const printed = [];
  const supervisor = new Supervisor({ print: line => printed.push(line) });
  await supervisor.start({
    ...part(
      'talks',
      `console.log('2026-01-01T00:00:00Z catalog info fine');
         console.log('2026-01-01T00:00:00Z catalog warn hm');`,
    ),
  }).exited;
  assert.deepEqual(printed, ['[talks] 2026-01-01T00:00:00Z catalog warn hm']);
  const log = await waitFor(
    async () => {
      const text = await readFile(join(logs, 'talks.log'), 'utf8');
      return text.includes('hm') && text;
    },
    { timeoutMs: 10_000 },
  );
  assert.match(log, /catalog info fine/);
  await supervisor.stop();
});
