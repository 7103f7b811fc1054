/* eslint-disable jest/no-standalone-expect, jest/expect-expect -- what this machine has chooses between it and it.skip; expectFailure expects */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { BACKUP_SCRIPTS } from './scripts.generated';
import { coderTables } from './__testUtils__/coderTables';
import {
  findPostgres,
  folderOf,
  freePort,
  Identity,
  PostgresCluster,
} from './__testUtils__/PostgresCluster';
import { ReportReceiver } from './__testUtils__/ReportReceiver';

jest.setTimeout(60_000);

const SOURCES = join(
  dirname(require.resolve('../../../package.json')),
  'scripts',
  'backup',
);

it('embeds the scripts as they stand in their folder', () => {
  const files = readdirSync(SOURCES).sort();
  expect(Object.keys(BACKUP_SCRIPTS)).toEqual(files);
  for (const name of files) {
    expect(BACKUP_SCRIPTS[name as keyof typeof BACKUP_SCRIPTS]).toBe(
      readFileSync(join(SOURCES, name), 'utf8'),
    );
  }
});

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;
if (!shellcheck) {
  process.stderr.write('Skipped: no shellcheck on this machine\n');
}

(shellcheck ? it : it.skip)('has nothing for shellcheck to say', () => {
  const { stdout, status } = spawnSync(
    'shellcheck',
    ['--external-sources', ...readdirSync(SOURCES)],
    { cwd: SOURCES, encoding: 'utf8' },
  );
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

const postgres = findPostgres();
if (postgres.missing.length > 0) {
  process.stderr.write(
    `Skipped: backups were not tested, missing: ${postgres.missing.join(', ')}\n`,
  );
}
const rclone = spawnSync('rclone', ['version']).status === 0;
if (!rclone) {
  process.stderr.write('Skipped: no rclone on this machine\n');
}
const withRclone = rclone ? it : it.skip;
const mounts =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'true']).status === 0;
if (!mounts) {
  process.stderr.write('Skipped: a small file system cannot be mounted here\n');
}

(postgres.missing.length > 0 ? describe.skip : describe)(
  'the scripts, against a real PostgreSQL',
  () => {
    const { path, identity } = postgres as {
      path: string;
      identity: Identity;
    };
    const portal = new ReportReceiver();
    let server: PostgresCluster;
    let home: string;
    let store: string;

    beforeAll(async () => {
      server = await PostgresCluster.start(path, identity);
      server.sql('postgres', 'CREATE DATABASE small');
      server.sql('small', coderTables(0));
      home = folderOf(identity, 'coder-fleet-backup-');
      cpSync(SOURCES, join(home, 'scripts'), { recursive: true });
      writeFileSync(join(home, 'token'), 'cfr_secret-token\n');
      await portal.start();
    });

    afterAll(async () => {
      server.stop();
      rmSync(home, { recursive: true });
      await portal.stop();
    });

    beforeEach(() => {
      store = folderOf(identity, 'coder-fleet-store-');
      portal.reset();
    });

    afterEach(() => rmSync(store, { recursive: true, force: true }));

    type Settings = Record<string, string | undefined>;

    function settings(more: Settings): NodeJS.ProcessEnv {
      return {
        PATH: path,
        HOME: home,
        DEPLOYMENT: 'elbe',
        BACKUP_DESTINATION: store,
        BACKUP_RETENTION_DAYS: '30',
        BACKUP_SECRETS: 'coder-db-url coder-external-token-encryption-keys',
        BACKUP_SCHEDULE: '0 2 * * *',
        CODER_PG_CONNECTION_URL: server.url('small'),
        REPORT_URL: portal.url,
        REPORT_TOKEN_FILE: join(home, 'token'),
        REPORT_RETRIES: '0',
        ...more,
      };
    }

    function start(
      script: string,
      more: Settings = {},
      options: { args?: string[]; wrap?: string[] } = {},
    ) {
      const [program, ...args] = [
        ...(options.wrap ?? []),
        'bash',
        join(home, 'scripts', script),
        ...(options.args ?? []),
      ];
      const child = spawn(program, args, {
        cwd: '/',
        // A wrapper drops to the user by itself
        ...(options.wrap ? {} : identity),
        env: settings(more),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let log = '';
      child.stderr!.setEncoding('utf8').on('data', chunk => (log += chunk));
      const ended = new Promise<{ code: number | null; log: string }>(resolve =>
        child.on('close', code => resolve({ code, log })),
      );
      return { child, ended, log: () => log };
    }

    const run = (...args: Parameters<typeof start>) => start(...args).ended;

    const sets = () =>
      existsSync(join(store, 'elbe'))
        ? readdirSync(join(store, 'elbe')).filter(name => /^\d/.test(name))
        : [];

    const unsent = () => readdirSync(join(store, 'elbe', 'unsent')).sort();

    const own = (file: string) =>
      identity.uid === undefined
        ? undefined
        : chownSync(file, identity.uid, identity.gid!);

    async function backedUp(): Promise<string> {
      expect(await run('backup.sh')).toMatchObject({ code: 0 });
      const newest = sets().sort().at(-1)!;
      portal.reports.length = 0;
      return newest;
    }

    /** The files of all sets, to see that nothing touched them. */
    function contents(): Record<string, string> {
      return Object.fromEntries(
        sets().flatMap(set =>
          readdirSync(join(store, 'elbe', set)).map(name => [
            `${set}/${name}`,
            readFileSync(join(store, 'elbe', set, name)).toString('base64'),
          ]),
        ),
      );
    }

    async function waitFor(seen: () => boolean) {
      const deadline = Date.now() + 60_000;
      while (!seen()) {
        if (Date.now() > deadline) {
          throw new Error('It never came');
        }
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    }

    it('backs up 100 MB, loses the database, restores it, verifies and drills', async () => {
      server.sql('postgres', 'CREATE DATABASE coder');
      server.sql('coder', coderTables(100));
      const size = Number(
        server.sql('coder', "SELECT pg_database_size('coder')"),
      );
      expect(size).toBeGreaterThan(100_000_000);
      const url = { CODER_PG_CONNECTION_URL: server.url('coder') };
      const checksum = () =>
        server.sql(
          'coder',
          `SELECT md5(string_agg(md5(b::text), '' ORDER BY b.id)) FROM workspace_builds b`,
        );
      const before = checksum();

      expect(await run('backup.sh', url)).toMatchObject({ code: 0 });
      const [set] = sets();
      expect(portal.last).toMatchObject({
        path: expect.stringMatching(/\/deployments\/elbe\/backup-reports$/),
        authorization: 'Bearer cfr_secret-token',
        body: {
          runId: set,
          engine: 'pg_dump',
          outcome: 'succeeded',
          error: null,
          location: join(store, 'elbe', set),
          verified: true,
          schemaVersion: 412,
          counts: { users: 500, workspaces: 500, workspace_builds: 500 },
          secrets: ['coder-db-url', 'coder-external-token-encryption-keys'],
          schedule: '0 2 * * *',
          retentionDays: 30,
        },
      });
      expect(portal.last!.body.sizeBytes).toBeGreaterThan(50_000_000);

      server.sql('postgres', 'DROP DATABASE coder');
      server.sql('postgres', 'CREATE DATABASE coder');
      expect(
        await run('restore.sh', { TARGET_DATABASE_URL: server.url('coder') }),
      ).toMatchObject({ code: 0 });
      expect(checksum()).toBe(before);

      expect(await run('verify.sh')).toMatchObject({ code: 0 });
      expect(await run('drill.sh')).toMatchObject({ code: 0 });
      expect(portal.last).toMatchObject({
        path: expect.stringMatching(/\/deployments\/elbe\/drill-reports$/),
        body: {
          backupRunId: set,
          outcome: 'succeeded',
          error: null,
          schemaVersion: 412,
          counts: { users: 500 },
        },
      });
      expect(portal.last!.body.restoreMillis).toBeGreaterThan(0);
      server.sql('postgres', 'DROP DATABASE coder');
    }, 300_000);

    it.each([
      ['{"version":"v2.36.5+abc1234"}', 'VERSION=2.36.5:'],
      ['nothing', 'the version of that time, which the backup does not know:'],
    ])(
      'names the version as charts and images are called: %s',
      async (answer, named) => {
        const coder = createServer((_, response) => response.end(answer));
        await new Promise<void>(resolve => coder.listen(0, resolve));
        const { port } = coder.address() as AddressInfo;
        await run('backup.sh', { CODER_URL: `http://127.0.0.1:${port}` });
        coder.close();
        server.sql('postgres', 'CREATE DATABASE named');
        const target = { TARGET_DATABASE_URL: server.url('named') };
        const { code, log } = await run('restore.sh', target);
        server.sql('postgres', 'DROP DATABASE named');
        expect(code).toBe(0);
        expect(log).toContain(`start Coder with ${named}`);
      },
    );

    it('takes a URL with the newline that an editor ended its file with', async () => {
      const plain = server.url('small').replace(/\?.*/, '');
      expect(
        await run('backup.sh', { CODER_PG_CONNECTION_URL: `${plain}\r\n` }),
      ).toMatchObject({ code: 0 });
      expect(sets()).toHaveLength(1);
    });

    it('counts the moment of the dump, whatever is written meanwhile', async () => {
      let stop = false;
      const writer = (async () => {
        while (!stop) {
          server.sql('small', "INSERT INTO templates (name) VALUES ('more')");
          await new Promise(resolve => setTimeout(resolve, 5));
        }
      })();
      const { code, log } = await run('backup.sh');
      stop = true;
      await writer;
      expect({ code, log }).toMatchObject({ code: 0 });
      expect(await run('drill.sh')).toMatchObject({ code: 0 });
    });

    it('drills on a server that it is given, and leaves nothing there', async () => {
      await backedUp();
      expect(
        await run('drill.sh', { SCRATCH_DATABASE_URL: server.url('postgres') }),
      ).toMatchObject({ code: 0 });
      expect(
        server.sql(
          'postgres',
          "SELECT count(*) FROM pg_database WHERE datname LIKE 'coder_drill%'",
        ),
      ).toBe('0');
    });

    it('removes what is older than the retention, but never the newest three', async () => {
      await backedUp();
      const [only] = sets();
      const aged = (day: string) => {
        const name = `2026${day}T020000Z-abcdef`;
        cpSync(join(store, 'elbe', only), join(store, 'elbe', name), {
          recursive: true,
        });
        own(join(store, 'elbe', name));
        return name;
      };
      renameSync(join(store, 'elbe', only), join(store, 'elbe', 'kept-aside'));
      cpSync(join(store, 'elbe', 'kept-aside'), join(store, 'elbe', only), {
        recursive: true,
      });
      const old = ['0101', '0102', '0103', '0104'].map(aged);
      rmSync(join(store, 'elbe', only), { recursive: true });
      await backedUp();
      expect(sets().sort().slice(0, 2)).toEqual(old.slice(2));
      expect(sets()).toHaveLength(3);
      expect(existsSync(join(store, 'elbe', 'kept-aside'))).toBe(true);
    });

    it('keeps a report that the portal did not take, and sends it with the next run', async () => {
      portal.status = 503;
      expect(await run('backup.sh')).toMatchObject({
        code: 0,
        log: expect.stringContaining('the report did not reach'),
      });
      const [first] = sets();
      portal.status = 201;
      expect(await run('backup.sh')).toMatchObject({ code: 0 });
      // Its own first: a job that is stopped has a minute
      expect(portal.reports.map(({ body }) => body.runId)).toEqual([
        sets().find(set => set !== first),
        first,
      ]);
      expect(unsent()).toEqual([]);
    });

    /** Reports that earlier runs could not send, of one day each. */
    function keep(count: number, kind = 'backup-reports'): string[] {
      const folder = join(store, 'elbe', 'unsent');
      mkdirSync(folder, { recursive: true });
      const names = Array.from({ length: count }, (_, day) => {
        const at = new Date(Date.UTC(2025, 0, 1 + day)).toISOString();
        const runId = `${at.replace(/-|:|\.\d+/g, '')}-abcdef`;
        const name = `${kind}.${runId}.json`;
        writeFileSync(join(folder, name), JSON.stringify({ runId }));
        own(join(folder, name));
        return name;
      });
      own(join(store, 'elbe'));
      own(folder);
      return names;
    }

    it('tries no kept report where its own does not arrive', async () => {
      keep(3);
      portal.status = 503;
      expect(await run('backup.sh')).toMatchObject({ code: 0 });
      expect(portal.asked).toEqual(sets());
      expect(unsent()).toHaveLength(4);
    });

    it('stops at the first kept report that fails, and goes past one that is refused', async () => {
      const kept = keep(4);
      portal.answer = runId =>
        kept[0].includes(String(runId))
          ? 400
          : (kept[2].includes(String(runId)) && 429) || undefined;
      expect(await run('backup.sh')).toMatchObject({
        code: 0,
        log: expect.stringMatching(
          new RegExp(
            `refuses ${kept[0]}[^]*reported ${kept[1]}[^]*${kept[2]} of an earlier run did not reach`,
          ),
        ),
      });
      expect(portal.asked).toHaveLength(4);
      expect(unsent()).toEqual([kept[0], kept[2], kept[3]]);
    });

    it('sends the oldest first, of whatever kind', async () => {
      const [, backup] = keep(2);
      const [drill] = keep(1, 'drill-reports');
      rmSync(join(store, 'elbe', 'unsent', drill.replace('drill', 'backup')));
      expect(await run('backup.sh')).toMatchObject({ code: 0 });
      expect(
        portal.reports
          .slice(1)
          .map(({ path: at, body }) => [at.split('/').pop(), body.runId]),
      ).toEqual([drill, backup].map(name => name.split('.').slice(0, 2)));
    });

    it('keeps a hundred reports, and drops the oldest', async () => {
      const kept = keep(101);
      portal.status = 503;
      expect(await run('backup.sh')).toMatchObject({
        code: 0,
        log: expect.stringContaining(`${kept[1]} is dropped`),
      });
      const [set] = sets();
      expect(unsent()).toEqual([
        ...kept.slice(2),
        `backup-reports.${set}.json`,
      ]);
    });

    it('waits for no token of the portal, and sends the report with the first run that has one', async () => {
      const without = { REPORT_TOKEN_FILE: join(home, 'no-token') };
      expect(await run('backup.sh', without)).toMatchObject({
        code: 0,
        log: expect.stringMatching(
          /the report did not reach .*: there is no report token in .*\/no-token/,
        ),
      });
      expect(portal.asked).toEqual([]);
      expect(await run('backup.sh')).toMatchObject({ code: 0 });
      expect(portal.reports).toHaveLength(2);
    });

    describe('what goes wrong ends in an error, a report, and older backups as they were', () => {
      let before: Record<string, string>;
      let older: string;

      beforeEach(async () => {
        older = await backedUp();
        before = contents();
      });

      afterEach(() => {
        // The test itself may have broken a copy, never the older set
        expect(contents()).toMatchObject(before);
      });

      function expectFailure(
        { code, log }: { code: number | null; log: string },
        words: RegExp,
      ) {
        expect(code).not.toBe(0);
        expect(log).toMatch(words);
        expect(log).not.toContain('pass%word');
        expect(portal.last?.body).toMatchObject({
          outcome: 'failed',
          error: expect.stringMatching(words),
        });
        expect(JSON.stringify(portal.last)).not.toContain('pass%word');
      }

      it('a corrupted dump', async () => {
        const broken = '20991231T000000Z-000000';
        cpSync(join(store, 'elbe', older), join(store, 'elbe', broken), {
          recursive: true,
        });
        own(join(store, 'elbe', broken));
        const dump = join(store, 'elbe', broken, 'coder.dump');
        const bytes = readFileSync(dump);
        bytes[Math.floor(bytes.length / 2)] ^= 1;
        writeFileSync(dump, bytes);
        for (const file of readdirSync(join(store, 'elbe', broken))) {
          own(join(store, 'elbe', broken, file));
        }
        expectFailure(await run('drill.sh'), /The set is corrupt: coder\.dump/);
        expect(await run('verify.sh')).toMatchObject({
          code: 1,
          log: expect.stringContaining('The set is corrupt'),
        });
        // The good one is still there to be named
        expect(await run('verify.sh', {}, { args: [older] })).toMatchObject({
          code: 0,
        });
      });

      (mounts ? it : it.skip)('a full disk', async () => {
        server.sql('postgres', 'CREATE DATABASE large');
        server.sql('large', coderTables(8));
        const small = join(home, 'small-disk');
        mkdirSync(small, { recursive: true });
        // A namespace of its own: the mount is gone with the process
        const wrap = [
          ...['unshare', '--mount', 'bash', '-c'],
          `mount -t tmpfs -o size=2m,uid=${identity.uid},gid=${identity.gid} tmpfs ${small} && ` +
            `exec setpriv --reuid=${identity.uid} --regid=${identity.gid} --clear-groups "$@"`,
          'wrapped',
        ];
        expectFailure(
          await run(
            'backup.sh',
            { WORK_DIR: small, CODER_PG_CONNECTION_URL: server.url('large') },
            { wrap },
          ),
          /No space left on device/,
        );
        server.sql('postgres', 'DROP DATABASE large');
      });

      it('a dump that is killed', async () => {
        server.sql('postgres', 'CREATE DATABASE slow');
        server.sql('slow', coderTables(40));
        const backup = start('backup.sh', {
          CODER_PG_CONNECTION_URL: server.url('slow'),
        });
        const dumps = () =>
          spawnSync('pgrep', ['-P', String(backup.child.pid), 'pg_dump'], {
            encoding: 'utf8',
          }).stdout.trim();
        await waitFor(() => dumps() !== '');
        process.kill(Number(dumps()), 'SIGKILL');
        expectFailure(await backup.ended, /pg_dump failed/);
        server.sql('postgres', 'DROP DATABASE slow WITH (FORCE)');
      }, 120_000);

      it('a job that is stopped', async () => {
        server.sql('postgres', 'CREATE DATABASE slow');
        server.sql('slow', coderTables(40));
        const backup = start('backup.sh', {
          CODER_PG_CONNECTION_URL: server.url('slow'),
        });
        await waitFor(() => backup.log().includes('dumping'));
        backup.child.kill('SIGTERM');
        expectFailure(await backup.ended, /Stopped by SIGTERM while dumping/);
        server.sql('postgres', 'DROP DATABASE slow WITH (FORCE)');
      }, 120_000);

      it('a wrong password', async () => {
        expectFailure(
          await run('backup.sh', {
            CODER_PG_CONNECTION_URL: server.url('small', 'wr%ng-pass%word'),
          }),
          /password authentication failed/,
        );
      });

      it('a database that is not one of Coder', async () => {
        expectFailure(
          await run('backup.sh', {
            CODER_PG_CONNECTION_URL: server.url('postgres'),
          }),
          /none of the tables of Coder/,
        );
      });

      it('encryption keys that are missing', async () => {
        expectFailure(
          await run('backup.sh', { ENCRYPTION: 'true' }),
          /encryption keys are missing/,
        );
      });

      it('encryption keys that are not those of the backup', async () => {
        const keys = (value: string) => ({
          ENCRYPTION: 'true',
          CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS: value,
        });
        expect(await run('backup.sh', keys('a2V5LW9uZQ=='))).toMatchObject({
          code: 0,
        });
        expectFailure(
          await run('drill.sh', keys('a2V5LXR3bw==')),
          /encryption key with the fingerprint [0-9a-f]{12} is missing/,
        );
        // Rotated: the old key is kept behind the new one
        expect(
          await run('drill.sh', keys('a2V5LXR3bw==,a2V5LW9uZQ==')),
        ).toMatchObject({ code: 0 });
      });

      it('a client of another major version', async () => {
        const tools = join(home, 'other-major');
        mkdirSync(tools, { recursive: true });
        writeFileSync(
          join(tools, 'pg_dump'),
          '#!/bin/sh\necho "pg_dump (PostgreSQL) 12.4"\n',
          { mode: 0o755 },
        );
        expectFailure(
          await run('backup.sh', { PATH: `${tools}:${path}` }),
          /pg_dump is of PostgreSQL 12 and the server of \d+: use an image of PostgreSQL \d+/,
        );
      });

      it('a destination that is not mounted', async () => {
        expectFailure(
          await run('backup.sh', { BACKUP_DESTINATION: '/nowhere/backups' }),
          /The destination \/nowhere\/backups is not there/,
        );
      });

      it('a schema that a migration left dirty, found by the drill', async () => {
        server.sql('postgres', 'CREATE DATABASE dirty TEMPLATE small');
        server.sql('dirty', 'UPDATE schema_migrations SET dirty = true');
        expect(
          await run('backup.sh', {
            CODER_PG_CONNECTION_URL: server.url('dirty'),
          }),
        ).toMatchObject({
          code: 0,
          log: expect.stringContaining(
            'WARNING: the schema version 412 is dirty',
          ),
        });
        expectFailure(await run('drill.sh'), /schema version 412 is dirty/);
        server.sql('postgres', 'DROP DATABASE dirty');
      });

      withRclone(
        'an upload that breaks off',
        async () => {
          const remote = folderOf(identity, 'coder-fleet-remote-');
          const { port, kill } = await serveWebdav(remote, identity);
          server.sql('postgres', 'CREATE DATABASE large');
          server.sql('large', coderTables(40));
          const dav = {
            BACKUP_DESTINATION: 'dav:backups',
            RCLONE_CONFIG_DAV_TYPE: 'webdav',
            RCLONE_CONFIG_DAV_URL: `http://127.0.0.1:${port}`,
            RCLONE_CONFIG_DAV_VENDOR: 'other',
            RCLONE_RETRIES: '1',
            RCLONE_LOW_LEVEL_RETRIES: '1',
          };
          expect(await run('backup.sh', dav)).toMatchObject({ code: 0 });
          expect(portal.last!.body).toMatchObject({
            outcome: 'succeeded',
            verified: true,
          });
          const kept = readdirSync(join(remote, 'backups', 'elbe'));
          expect(kept).toHaveLength(1);

          const backup = start('backup.sh', {
            ...dav,
            CODER_PG_CONNECTION_URL: server.url('large'),
            RCLONE_BWLIMIT: '1M',
          });
          await waitFor(() => backup.log().includes('uploading'));
          await new Promise(resolve => setTimeout(resolve, 1000));
          kill();
          expectFailure(await backup.ended, /coder\.dump cannot be uploaded/);

          // Back again: what is left of the broken one is not taken for a set
          const again = await serveWebdav(remote, identity);
          expect(
            await run('verify.sh', {
              ...dav,
              RCLONE_CONFIG_DAV_URL: `http://127.0.0.1:${again.port}`,
            }),
          ).toMatchObject({ code: 0, log: expect.stringContaining(kept[0]) });
          again.kill();
          server.sql('postgres', 'DROP DATABASE large');
          rmSync(remote, { recursive: true });
        },
        120_000,
      );
    });

    describe('a restore refuses', () => {
      it('a database that holds something', async () => {
        await backedUp();
        expect(
          await run('restore.sh', { TARGET_DATABASE_URL: server.url('small') }),
        ).toMatchObject({
          code: 1,
          log: expect.stringMatching(/holds \d+ tables: create an empty one/),
        });
      });

      it('a set of another deployment', async () => {
        const set = await backedUp();
        mkdirSync(join(store, 'rhein'));
        renameSync(join(store, 'elbe', set), join(store, 'rhein', set));
        server.sql('postgres', 'CREATE DATABASE foreign_set');
        expect(
          await run('restore.sh', {
            DEPLOYMENT: 'rhein',
            TARGET_DATABASE_URL: server.url('foreign_set'),
          }),
        ).toMatchObject({
          code: 1,
          log: expect.stringContaining(
            'The set is of the deployment elbe, not of rhein',
          ),
        });
        server.sql('postgres', 'DROP DATABASE foreign_set');
      });

      it('a name that leads elsewhere', async () => {
        await backedUp();
        server.sql('postgres', 'CREATE DATABASE elsewhere');
        expect(
          await run(
            'restore.sh',
            { TARGET_DATABASE_URL: server.url('elsewhere') },
            { args: ['../../etc'] },
          ),
        ).toMatchObject({
          code: 1,
          log: expect.stringContaining('is not the name of a set'),
        });
        server.sql('postgres', 'DROP DATABASE elsewhere');
      });
    });
  },
);

/** A store that is reached over the network, by a program that can be killed. */
async function serveWebdav(folder: string, identity: Identity) {
  const port = await freePort();
  const child = spawn(
    'rclone',
    ['serve', 'webdav', '--addr', `127.0.0.1:${port}`, '--verbose', folder],
    {
      ...identity,
      cwd: '/',
      env: { ...process.env, HOME: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  await new Promise<void>((resolve, reject) => {
    child.on('exit', () => reject(new Error('rclone ended')));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('Server started')) {
        resolve();
      }
    });
  });
  return { port, kill: () => child.kill('SIGKILL') };
}
