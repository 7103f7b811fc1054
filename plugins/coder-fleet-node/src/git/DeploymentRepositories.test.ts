import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { DeploymentRepositories } from './DeploymentRepositories';

const AUTHOR = { name: 'Jane Doe', email: 'jane@example.com' };
const NOW = new Date('2026-02-10T08:00:00Z');
const COMMIT = expect.stringMatching(/^[0-9a-f]{40}$/);

describe('DeploymentRepositories', () => {
  let directory: string;
  let repositories: DeploymentRepositories;

  function publish(
    files: Record<string, string>,
    options: { name?: string; remove?: string[]; message?: string } = {},
  ) {
    const { name = 'one', message = 'Change', remove } = options;
    return repositories.publish({
      name,
      files: new Map(Object.entries(files)),
      remove,
      message,
      author: AUTHOR,
      now: NOW,
    });
  }

  async function contents(name = 'one') {
    const files = await repositories.tree(name);
    return Object.fromEntries(
      await Promise.all(
        files.map(async ({ path }) => [
          path,
          (await repositories.file(name, path)).text,
        ]),
      ),
    );
  }

  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'coder-fleet-')), 'git');
    repositories = DeploymentRepositories.create({ directory });
  });

  afterEach(() => rm(join(directory, '..'), { recursive: true }));

  it('creates a repository with its first commit', async () => {
    const files = { 'README.md': 'hello\n', 'helm/a/values.yaml': 'a: 1\n' };
    await expect(publish(files)).resolves.toEqual({
      commit: COMMIT,
      changed: true,
      created: true,
    });
    expect(await contents()).toEqual(files);
    expect(await repositories.list()).toEqual(['one']);
  });

  it('keeps the files that are not mentioned and removes those that are', async () => {
    await publish({ a: '1', 'd/b': '2', 'd/e/c': '3' });
    await expect(
      publish({ 'd/b': 'two' }, { remove: ['d/e/c', 'never/there'] }),
    ).resolves.toMatchObject({ changed: true, created: false });
    expect(await contents()).toEqual({ a: '1', 'd/b': 'two' });
  });

  it('makes no second commit when nothing differs', async () => {
    const first = await publish({ a: '1', b: '2' });
    const second = await publish({ a: '1' }, { message: 'Again' });
    expect(second).toEqual({
      commit: first.commit,
      changed: false,
      created: false,
    });
    expect(await repositories.history('one')).toHaveLength(1);
  });

  it('tells the history, newest first', async () => {
    const first = await publish({ a: '1' }, { message: 'First\n\nWhy\n' });
    const second = await publish({ a: '2' }, { message: 'Second' });
    expect(await repositories.history('one')).toEqual([
      { commit: second.commit, message: 'Second', author: AUTHOR, date: NOW },
      {
        commit: first.commit,
        message: 'First\n\nWhy',
        author: AUTHOR,
        date: NOW,
      },
    ]);
    expect(await repositories.history('one', { limit: 1 })).toHaveLength(1);
    expect(await repositories.head('one')).toBe(second.commit);
  });

  it('reads trees and files at an older commit', async () => {
    const first = await publish({ a: 'old' });
    await publish({ a: 'newer', b: '' });
    expect(await repositories.tree('one', first.commit)).toEqual([
      { path: 'a', oid: COMMIT, size: 3 },
    ]);
    const old = await repositories.file('one', 'a', first.commit);
    expect(old.text).toBe('old');
    expect(await repositories.file('one', 'b', 'main')).toEqual({
      text: '',
      size: 0,
      oid: COMMIT,
    });
  });

  it('gives no text for binary and for very large files', async () => {
    await publish({ binary: 'a\0b', large: 'x'.repeat(1024 * 1024 + 1) });
    expect(await repositories.file('one', 'binary')).toEqual({
      text: undefined,
      size: 3,
      oid: COMMIT,
    });
    expect(await repositories.file('one', 'large')).toMatchObject({
      text: undefined,
      size: 1024 * 1024 + 1,
    });
  });

  it('says what is not there', async () => {
    const notFound = { name: 'NotFoundError' };
    await expect(repositories.head('none')).rejects.toMatchObject(notFound);
    await expect(repositories.tree('none')).rejects.toMatchObject(notFound);
    await publish({ 'd/a': '1' });
    for (const failed of [
      repositories.file('one', 'b'),
      repositories.file('one', 'd'),
      repositories.file('one', 'd/a/x'),
      repositories.file('one', 'd/a', 'other'),
      repositories.file('one', 'd/a', 'f'.repeat(40)),
      repositories.tree('one', 'v1'),
    ]) {
      await expect(failed).rejects.toMatchObject(notFound);
    }
    expect(await repositories.list()).toEqual(['one']);
  });

  it('lists nothing without its directory, and nothing that is no repository', async () => {
    expect(await repositories.list()).toEqual([]);
    await publish({ a: '1' }, { name: 'two' });
    await publish({ a: '1' }, { name: 'one' });
    await mkdir(join(directory, '.three-123.git'));
    await mkdir(join(directory, 'four'));
    expect(await repositories.list()).toEqual(['one', 'two']);
  });

  it('refuses bad input without leaving anything behind', async () => {
    const bad = { name: 'InputError' };
    const files = { a: '1' };
    await expect(publish(files, { name: '../x' })).rejects.toMatchObject(bad);
    await expect(publish({ '../a': '1' })).rejects.toMatchObject(bad);
    await expect(publish({ '.git/config': '' })).rejects.toMatchObject(bad);
    await expect(publish({})).rejects.toMatchObject(bad);
    await expect(publish(files, { message: ' ' })).rejects.toMatchObject(bad);
    await expect(
      publish(files, { remove: ['/etc/passwd'] }),
    ).rejects.toMatchObject(bad);
    await expect(publish(files, { remove: ['a'] })).rejects.toMatchObject(bad);
    expect(await repositories.list()).toEqual([]);
    await expect(repositories.head('../one')).rejects.toMatchObject(bad);
    await publish(files);
    await expect(repositories.file('one', '../HEAD')).rejects.toMatchObject(
      bad,
    );
    await expect(repositories.tree('one', '../HEAD')).rejects.toMatchObject(
      bad,
    );
  });

  it('refuses a path that would be a file and a directory', async () => {
    await publish({ a: '1', 'd/b': '2' });
    await expect(publish({ 'a/x': '1' })).rejects.toThrow('a is no directory');
    await expect(publish({ d: '1' })).rejects.toThrow('d is a directory');
    await publish({ 'a/x': '1' }, { remove: ['a'] });
    expect(await contents()).toEqual({ 'a/x': '1', 'd/b': '2' });
  });

  it('is off without configuration', async () => {
    expect(
      DeploymentRepositories.fromConfig(new ConfigReader({})),
    ).toBeUndefined();
    await publish({ a: '1' });
    const configured = DeploymentRepositories.fromConfig(
      new ConfigReader({ coderFleet: { publish: { git: { directory } } } }),
    );
    expect(await configured?.list()).toEqual(['one']);
  });

  const hasGit = spawnSync('git', ['--version']).status === 0;
  if (!hasGit) {
    process.stdout.write(
      'Skipped: the tests with the real Git, because it is not installed\n',
    );
  }

  (hasGit ? describe : describe.skip)('as Git sees it', () => {
    function run(...args: string[]) {
      return execFileSync('git', args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env.PATH,
          HOME: directory,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_AUTHOR_NAME: 'A',
          GIT_AUTHOR_EMAIL: 'a@example.com',
          GIT_COMMITTER_NAME: 'A',
          GIT_COMMITTER_EMAIL: 'a@example.com',
        },
      });
    }

    function gitdir(name = 'one') {
      return join(directory, `${name}.git`);
    }

    function fsck() {
      return run('--git-dir', gitdir(), 'fsck', '--strict', '--full');
    }

    it('is a valid repository that can be cloned', async () => {
      const files = {
        'a-b': '1',
        'a.b': '2',
        'a/b': '3',
        a0: '4',
        'ünïcode/文.md': 'ü',
        '.coder-fleet/lock.json': '{}',
        empty: '',
      };
      await publish(files);
      await publish({ 'a/b': '3b', 'z/y/x': '5' }, { remove: ['a.b'] });
      expect(fsck()).toBe('');
      const clone = join(directory, 'clone');
      run('clone', '--quiet', gitdir(), clone);
      expect(run('-C', clone, 'rev-parse', 'HEAD').trim()).toBe(
        await repositories.head('one'),
      );
      expect(run('-C', clone, 'status', '--porcelain')).toBe('');
      expect(run('-C', clone, 'branch', '--show-current').trim()).toBe('main');
      expect(await readFile(join(clone, 'a/b'), 'utf8')).toBe('3b');
      expect(await readFile(join(clone, 'ünïcode/文.md'), 'utf8')).toBe('ü');
      expect(
        run('-C', clone, 'log', '-1', '--format=%an <%ae> %aI %s').trim(),
      ).toBe('Jane Doe <jane@example.com> 2026-02-10T08:00:00+00:00 Change');
    });

    it('goes on from what was pushed, packed, and tagged with Git', async () => {
      await publish({ a: '1' });
      const clone = join(directory, 'clone');
      run('clone', '--quiet', gitdir(), clone);
      await writeFile(join(clone, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
      run('-C', clone, 'add', '.');
      run('-C', clone, 'commit', '--quiet', '-m', 'By hand');
      run('-C', clone, 'tag', 'v1');
      run('-C', clone, 'push', '--quiet', 'origin', 'main', 'v1');
      run('--git-dir', gitdir(), 'gc', '--quiet');
      run('--git-dir', gitdir(), 'pack-refs', '--all');

      await publish({ a: '2', 'run.sh': '#!/bin/sh\nexit\n' });
      expect(fsck()).toBe('');
      expect(
        (await repositories.history('one')).map(({ message }) => message),
      ).toEqual(['Change', 'By hand', 'Change']);
      expect((await repositories.file('one', 'a', 'v1')).text).toBe('1');
      expect(run('--git-dir', gitdir(), 'ls-tree', 'main', 'run.sh')).toMatch(
        /^100755 blob/,
      );
      run('-C', clone, 'pull', '--quiet', '--ff-only');
    });
  });
});
