import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeploymentRepositories } from './DeploymentRepositories';

jest.mock('node:fs/promises', () => ({
  __esModule: true, // as it is, so that imports see what is mocked
  ...jest.requireActual('node:fs/promises'),
}));

const real: typeof fs = jest.requireActual('node:fs/promises');

describe('DeploymentRepositories: crashes and crowds', () => {
  let directory: string;

  function publish(
    files: Record<string, string>,
    options: { lockWaitMs?: number; now?: Date; remove?: string[] } = {},
  ) {
    const { lockWaitMs, now = new Date(), remove } = options;
    return DeploymentRepositories.create({
      directory,
      lockWaitMs,
      clock: () => now,
    }).publish({
      name: 'one',
      files: new Map(Object.entries(files)),
      remove,
      message: 'Change',
      author: { name: 'Jane', email: 'jane@example.com' },
      now: new Date(0),
    });
  }

  function lockFile() {
    return join(directory, 'one.git', 'coder-fleet.lock');
  }

  function lockOf(pid: number | undefined, host = hostname()) {
    return real.writeFile(
      lockFile(),
      JSON.stringify({ pid, host, token: 'someone' }),
    );
  }

  function deadPid() {
    return spawnSync(process.execPath, ['-e', '']).pid;
  }

  /**
   * From the n-th write on nothing reaches the disk any more, and of the n-th only half: as if the process
   * had died there.
   */
  function dieAtWrite(n: number) {
    let writes = 0;
    type Write = (...args: unknown[]) => Promise<unknown>;
    const mortal =
      (write: Write, half?: Write): Write =>
      async (...args) => {
        writes++;
        if (writes < n) {
          return write(...args);
        }
        if (writes === n) {
          await half?.(...args);
        }
        throw new Error('died');
      };
    const halfOf = (data: string | Uint8Array) =>
      data.slice(0, data.length / 2);
    for (const name of ['rename', 'rm', 'mkdir', 'link'] as const) {
      jest
        .spyOn(fs, name)
        .mockImplementation(mortal(real[name] as Write) as never);
    }
    jest
      .spyOn(fs, 'writeFile')
      .mockImplementation(
        mortal(real.writeFile as Write, (path, data, options) =>
          real.writeFile(
            path as string,
            halfOf(data as string),
            options as never,
          ),
        ) as never,
      );
    jest.spyOn(fs, 'open').mockImplementation(
      mortal(async (path, flags) => {
        const file = await real.open(path as string, flags as string);
        const write = file.writeFile.bind(file);
        file.writeFile = mortal(write as Write, data =>
          write(halfOf(data as string)),
        ) as typeof file.writeFile;
        return file;
      }) as never,
    );
  }

  beforeEach(async () => {
    directory = await real.mkdtemp(join(tmpdir(), 'coder-fleet-'));
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await real.rm(directory, { recursive: true });
  });

  const hasGit = spawnSync('git', ['--version']).status === 0;
  if (!hasGit) {
    process.stdout.write(
      'Skipped: asking the real Git whether repositories are valid, because it is not installed\n',
    );
  }

  function expectValid() {
    if (hasGit) {
      const { status, stdout, stderr } = spawnSync(
        'git',
        ['--git-dir', join(directory, 'one.git'), 'fsck', '--strict'],
        { encoding: 'utf8' },
      );
      expect({
        status,
        stdout: stdout.replace(/^dangling .*\n/gm, ''),
        stderr,
      }).toEqual({
        status: 0,
        stdout: '',
        stderr: expect.not.stringMatching(/error|fatal/),
      });
    }
  }

  it.each([
    ['the first publication', false],
    ['a later one', true],
  ])(
    'survive at any write of %s',
    async (_, later) => {
      const repositories = DeploymentRepositories.create({ directory });
      let finished = false;
      let crashes = 0;
      for (let n = 1; !finished; n++) {
        await real.rm(directory, { recursive: true });
        await real.mkdir(directory);
        const before = later
          ? await publish({ a: '1', 'd/b': '1' })
          : undefined;

        dieAtWrite(n);
        finished = await publish({ a: '2', 'd/c': '2' }).then(
          () => true,
          () => false,
        );
        jest.restoreAllMocks();

        if (finished) {
          continue;
        }
        crashes++;
        const names = await repositories.list();
        if (names.length > 0) {
          expectValid();
          // The dead process is another one than the one that goes on.
          await real.access(lockFile()).then(
            () => lockOf(deadPid()),
            () => {},
          );
        }
        const head = await repositories.head('one').catch(() => undefined);
        const result = await publish({ a: '2', 'd/c': '2' });
        // The branch moves with the last write of the publication: dying after that loses nothing.
        expect(result.changed).toBe(head === before?.commit);
        expect((await repositories.file('one', 'd/c')).text).toBe('2');
        expect(await repositories.history('one')).toHaveLength(later ? 2 : 1);
        expectValid();
      }
      expect(crashes).toBeGreaterThan(15);
    },
    60_000,
  );

  it('let nobody overtake: parallel publications all arrive', async () => {
    const paths = Array.from({ length: 10 }, (_, i) => `file-${i}`);
    const results = await Promise.all(
      paths.map(path => publish({ [path]: path })),
    );
    const repositories = DeploymentRepositories.create({ directory });
    const files = await repositories.tree('one');
    expect(files.map(({ path }) => path)).toEqual(paths);
    expect(await repositories.history('one')).toHaveLength(10);
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expectValid();
  });

  it('wait for another living process, and give up with a conflict', async () => {
    await publish({ a: '1' });
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    await lockOf(other.pid);
    await expect(
      publish({ a: '2' }, { lockWaitMs: 100 }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(`process ${other.pid}`),
    });
    const waiting = publish({ a: '2' });
    await real.rm(lockFile());
    await expect(waiting).resolves.toMatchObject({ changed: true });

    await lockOf(other.pid);
    const gone = new Promise(resolve => other.once('exit', resolve));
    other.kill('SIGKILL');
    await gone;
    await expect(publish({ a: '3' })).resolves.toMatchObject({ changed: true });
    await expect(real.access(lockFile())).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it.each([
    ['of another machine', () => lockOf(1, 'elsewhere')],
    ['of a process with our own id', () => lockOf(process.pid)],
    ['that is half written', () => real.writeFile(lockFile(), '{"pi')],
  ])('take over a lock %s only when it is old', async (_, lock) => {
    await publish({ a: '1' });
    await lock();
    const { mtimeMs } = await real.stat(lockFile());
    await expect(
      publish({ a: '2' }, { lockWaitMs: 0, now: new Date(mtimeMs + 30_000) }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(
      publish({ a: '2' }, { lockWaitMs: 0, now: new Date(mtimeMs + 31_000) }),
    ).resolves.toMatchObject({ changed: true });
  });

  it('are not the only danger: a push in between is not overwritten', async () => {
    const first = await publish({ a: '1' });
    const branch = join(directory, 'one.git', 'refs', 'heads', 'main');
    // The commit is the last object that is written before the branch moves.
    let pushed = false;
    jest.spyOn(fs, 'rename').mockImplementation(async (from, to) => {
      await real.rename(from, to);
      if (!pushed) {
        pushed = true;
        await real.writeFile(branch, `${'1'.repeat(40)}\n`);
      }
    });
    await expect(publish({ a: '2' })).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('run the task again'),
    });
    expect(await real.readFile(branch, 'utf8')).toContain('1'.repeat(40));
    await real.writeFile(branch, `${first.commit}\n`);
  });
});
