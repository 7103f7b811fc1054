import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs that a backup, a restore and a drill need. */
const PROGRAMS = ['pg_dump', 'pg_restore', 'psql', 'initdb', 'pg_ctl'];

/** Debian keeps the server's programs out of the PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** Who runs PostgreSQL: it refuses root. */
export type Identity = { uid?: number; gid?: number };

/**
 * What is on this machine: where PostgreSQL's programs are, and who runs them; or what is missing.
 */
export function findPostgres():
  { path: string; identity: Identity; missing: [] } | { missing: string[] } {
  const version = /(\d+)/.exec(
    spawnSync('pg_dump', ['--version'], { encoding: 'utf8' }).stdout ?? '',
  )?.[1];
  const debian = join(DEBIAN, version ?? '', 'bin');
  const path = [
    ...(existsSync(debian) ? [debian] : []),
    process.env.PATH ?? '',
  ].join(':');
  const missing = [...PROGRAMS, 'bash', 'curl', 'sha256sum'].filter(
    program =>
      spawnSync(program, ['--version'], { env: { ...process.env, PATH: path } })
        .status !== 0,
  );
  const identity = unprivileged();
  if (!identity) {
    missing.push('a user "postgres" to run the server as');
  }
  return missing.length > 0
    ? { missing }
    : { path, identity: identity!, missing: [] };
}

function unprivileged(): Identity | undefined {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const id = (flag: string) =>
    Number(
      spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim(),
    ) || undefined;
  const [uid, gid] = [id('-u'), id('-g')];
  return uid && gid ? { uid, gid } : undefined;
}

/** A folder that the user who runs PostgreSQL may write to. */
export function folderOf(identity: Identity, prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o755);
  if (identity.uid !== undefined && identity.gid !== undefined) {
    chownSync(folder, identity.uid, identity.gid);
  }
  return folder;
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

const PASSWORD = 'pass%word"1';

/** A PostgreSQL of its own for a test: real server, real password. */
export class PostgresCluster {
  static async start(path: string, identity: Identity) {
    const folder = folderOf(identity, 'coder-fleet-pg-');
    const port = await freePort();
    const cluster = new PostgresCluster({ path, identity, folder, port });
    const data = join(folder, 'data');
    cluster.run('bash', [
      '-c',
      `printf '%s' "$0" > "$1/password" && initdb --pgdata "$2" --username coder --auth scram-sha-256 --pwfile "$1/password" --no-sync`,
      PASSWORD,
      folder,
      data,
    ]);
    cluster.run('pg_ctl', [
      ...['--pgdata', data, '--wait', '--log', join(folder, 'log')],
      '--options',
      `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`,
      'start',
    ]);
    return cluster;
  }

  private constructor(
    private readonly options: {
      path: string;
      identity: Identity;
      folder: string;
      port: number;
    },
  ) {}

  /** Connection URL of a database, as a Secret holds it. */
  url(database: string, password = PASSWORD): string {
    return `postgres://coder:${encodeURIComponent(password)}@127.0.0.1:${
      this.options.port
    }/${database}?sslmode=disable`;
  }

  /** What psql prints. */
  sql(database: string, statement: string): string {
    return this.run('psql', [
      ...['--no-psqlrc', '--quiet', '--no-align', '--tuples-only'],
      ...['--set', 'ON_ERROR_STOP=1', '--dbname', this.url(database)],
      ...['--command', statement],
    ]).trim();
  }

  stop(): void {
    this.run('pg_ctl', [
      ...['--pgdata', join(this.options.folder, 'data')],
      ...['--mode', 'immediate', 'stop'],
    ]);
    rmSync(this.options.folder, { recursive: true });
  }

  private run(program: string, args: string[]): string {
    const { path, identity } = this.options;
    return execFileSync(program, args, {
      ...identity,
      cwd: '/',
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
      // pg_ctl leaves its server behind with what it was given
      stdio: ['ignore', program === 'pg_ctl' ? 'ignore' : 'pipe', 'pipe'],
    });
  }
}
