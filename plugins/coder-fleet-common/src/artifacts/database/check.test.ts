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

(postgres.missing.length > 0 ? describe.skip : describe)(
  'database/grants.sql, with a real PostgreSQL',
  () => {
    const { path, identity } = postgres as { path: string; identity: Identity };
    let server: PostgresCluster;
    let folder: string;

    beforeAll(async () => {
      server = await PostgresCluster.start(path, identity);
      folder = folderOf(identity, 'coder-fleet-grants-');
      const grants = render(deployment()).find(
        artifact => artifact.path === 'database/grants.sql',
      )!;
      writeFileSync(join(folder, 'grants.sql'), grants.content);
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
  },
);
