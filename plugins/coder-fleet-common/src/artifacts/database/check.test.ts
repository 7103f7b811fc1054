import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployment } from '../../__testUtils__/deployments';
import {
  findPostgres,
  folderOf,
  type Identity,
  PostgresCluster,
} from '../backup/__testUtils__/PostgresCluster';
import { render } from '../render';

jest.setTimeout(60_000);

const postgres = findPostgres();
if (postgres.missing.length > 0) {
  process.stderr.write(
    `Skipped: the script that makes the database, for want of ${postgres.missing.join(', ')}\n`,
  );
}

const contentOf = (path: string) =>
  render(deployment()).find(artifact => artifact.path === path)!.content;

(postgres.missing.length > 0 ? describe.skip : describe)(
  'database/grants.sql, with a real PostgreSQL',
  () => {
    const { path, identity } = postgres as { path: string; identity: Identity };
    let server: PostgresCluster;
    let folder: string;

    beforeAll(async () => {
      server = await PostgresCluster.start(path, identity);
      folder = folderOf(identity, 'coder-fleet-grants-');
      for (const name of ['grants.sql', 'second-role.sql']) {
        writeFileSync(join(folder, name), contentOf(`database/${name}`));
      }
      // The role of this server that has everything is called as the one that is to be made
      server.sql(
        'postgres',
        "CREATE ROLE root SUPERUSER LOGIN PASSWORD 'root'",
      );
      psql('root', ['--command', 'ALTER ROLE coder RENAME TO first']);
      psql('root', [
        '--command',
        "CREATE ROLE administrator LOGIN CREATEROLE CREATEDB PASSWORD 'administrator'",
      ]);
    });

    afterAll(() => {
      rmSync(folder, { recursive: true });
      server.stop();
    });

    /** As a user whose password is the name. */
    function psql(user: string, args: string[], database = 'postgres') {
      const url = new URL(server.url(database));
      url.username = user;
      url.password = user;
      const { status, stdout, stderr } = spawnSync(
        'psql',
        ['--no-psqlrc', '--no-align', '--tuples-only', '--dbname', url.href]
          .concat('--quiet')
          .concat(args),
        { ...identity, cwd: '/', encoding: 'utf8', env: { PATH: path } },
      );
      return { status, stdout: stdout.trim(), stderr };
    }

    const grant = () =>
      psql('administrator', [
        '--variable',
        'password=coder',
        '--file',
        join(folder, 'grants.sql'),
      ]);
    const ask = (user: string, question: string, database?: string) =>
      psql(user, ['--command', question], database).stdout;

    const rotate = (role: string) =>
      psql('administrator', [
        '--variable',
        `role=${role}`,
        '--variable',
        `password=${role}`,
        '--file',
        join(folder, 'second-role.sql'),
      ]);

    it('makes role and database as an administrator who is no superuser, once', () => {
      expect(grant()).toMatchObject({ status: 0, stderr: '' });
      expect(
        ask(
          'coder',
          "SELECT pg_get_userbyid(datdba), has_schema_privilege(current_schema(), 'CREATE') FROM pg_database WHERE datname = current_database()",
          'coder',
        ),
      ).toBe('coder|t');
      // Whoever made it has no part in it
      expect(
        ask(
          'root',
          "SELECT has_database_privilege('administrator', 'coder', 'CONNECT'), pg_has_role('administrator', 'coder', 'USAGE')",
        ),
      ).toBe('f|f');

      const again = grant();
      expect(again.status).not.toBe(0);
      expect(again.stderr).toContain('role "coder" already exists');
    });

    it('gives Coder another role and password while the old one is at work, again and again', () => {
      psql('coder', ['--command', 'CREATE TABLE first (id int)'], 'coder');
      // What the runbook says, step by step
      const statement = (verb: string) =>
        new RegExp(`--command '(${verb} [^']*)'`).exec(
          contentOf('docs/runbooks.md'),
        )![1];
      expect(rotate('coder_b')).toMatchObject({ status: 0, stderr: '' });
      // Both are good meanwhile, and what either makes belongs to one owner
      expect(ask('coder', 'SELECT 1', 'coder')).toBe('1');
      expect(ask('coder_b', 'SELECT count(*) FROM first', 'coder')).toBe('0');
      psql('coder_b', ['--command', 'CREATE TABLE second (id int)'], 'coder');
      expect(
        ask(
          'root',
          "SELECT DISTINCT tableowner FROM pg_tables WHERE tablename IN ('first', 'second')",
          'coder',
        ),
      ).toBe('coder');

      const shutOut = psql('administrator', [
        '--command',
        statement('ALTER ROLE'),
      ]);
      expect(shutOut).toMatchObject({ status: 0, stderr: '' });
      expect(
        psql('coder', ['--command', 'SELECT 1'], 'coder').stderr,
      ).toContain('is not permitted to log in');

      expect(rotate('coder_c')).toMatchObject({ status: 0, stderr: '' });
      expect(
        psql('administrator', [
          '--command',
          statement('DROP ROLE').replace('OLD_ROLE', 'coder_b'),
        ]),
      ).toMatchObject({ status: 0, stderr: '' });
      expect(
        ask(
          'coder_c',
          'ALTER TABLE second ADD name text; SELECT count(*) FROM second',
          'coder',
        ),
      ).toBe('0');
      expect(
        psql('coder_b', ['--command', 'SELECT 1'], 'coder').status,
      ).not.toBe(0);
    });

    it('makes an empty database for a restore, twice, and writes its URL', () => {
      const line = (words: string) =>
        contentOf('docs/runbooks.md')
          .split('\n')
          .find(text => text.includes(words))!;
      const create = line('CREATE DATABASE $DATABASE OWNER');
      const statements = [...create.matchAll(/--command (['"])(.*?)\1/g)].map(
        ([, , statement]) => statement,
      );
      rotate('coder_d');
      for (const database of ['coder_20260101_0100', 'coder_20260101_0200']) {
        const made = psql('administrator', [
          '--set',
          'ON_ERROR_STOP=1',
          ...statements.flatMap(statement => [
            '--command',
            statement.replace('$DATABASE', database),
          ]),
        ]);
        expect(made).toMatchObject({ status: 0, stderr: '' });
        const [, , substitution] = line('> ./url').split(' | ');
        const url = spawnSync(
          'sh',
          ['-c', substitution.replace(' > ./url', '')],
          {
            input: 'postgres://coder_d:coder_d@db:5432/coder?sslmode=require',
            encoding: 'utf8',
            env: { ...process.env, DATABASE: database },
          },
        ).stdout;
        expect(url).toBe(
          `postgres://coder_d:coder_d@db:5432/${database}?sslmode=require`,
        );
        expect(
          ask('coder_d', 'SELECT current_user, current_database()', database),
        ).toBe(`coder|${database}`);
      }
    });
  },
);
