import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as git from 'isomorphic-git';
import type { TreeEntry } from 'isomorphic-git';
import { GitTrees } from './GitTrees';
import { listFiles } from './listFiles';

/** No object of a repository has this id. */
const NOWHERE = '1'.repeat(40);

const hasGit = spawnSync('git', ['--version']).status === 0;
if (!hasGit) {
  process.stdout.write(
    'Skipped: comparing trees with those of the real Git, because it is not installed\n',
  );
}

describe('GitTrees', () => {
  let repository: { fs: typeof fs; gitdir: string };
  let trees: GitTrees;

  beforeEach(async () => {
    const gitdir = fs.mkdtempSync(join(tmpdir(), 'coder-fleet-trees-'));
    repository = { fs, gitdir };
    await git.init({ ...repository, bare: true });
    trees = GitTrees.create(repository);
  });

  afterEach(() => fs.rmSync(repository.gitdir, { recursive: true }));

  function edit(
    tree: string | undefined,
    files: Record<string, string>,
    removed: readonly string[] = [],
  ) {
    return trees.edit(tree, { files: new Map(Object.entries(files)), removed });
  }

  function blob(text: string | Uint8Array) {
    return git.writeBlob({ ...repository, blob: Buffer.from(text) });
  }

  function treeOf(entries: TreeEntry[]) {
    return git.writeTree({ ...repository, tree: entries });
  }

  async function contents(tree: string) {
    const texts = new Map<string, string>();
    for (const [path, oid] of await listFiles(repository, { tree })) {
      const { blob: content } = await git.readBlob({ ...repository, oid });
      texts.set(path, Buffer.from(content).toString('utf8'));
    }
    return texts;
  }

  async function entry(tree: string, path: string) {
    const read = await git.readTree({ ...repository, oid: tree });
    return read.tree.find(({ path: name }) => name === path);
  }

  /** The tree that Git makes of ordinary files. */
  async function treeOfGit(files: ReadonlyMap<string, string>) {
    const run = (args: string[], input: string) =>
      execFileSync('git', ['--git-dir', repository.gitdir, ...args], {
        input,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1' },
      });
    let lines = '';
    for (const [path, text] of files) {
      lines += `100644 ${await blob(text)}\t${path}\0`;
    }
    fs.rmSync(join(repository.gitdir, 'index'), { force: true });
    run(['update-index', '-z', '--index-info'], lines);
    return run(['write-tree'], '').trim();
  }

  describe('after random edits', () => {
    /** Names that Git sorts in its own way beside a directory of the name `a`. */
    const name = fc.constantFrom('a', 'a-', 'a.b', 'a0', 'ü');
    const path = fc
      .array(name, { minLength: 1, maxLength: 3 })
      .map(names => names.join('/'));
    const change = fc.record({
      files: fc.dictionary(path, fc.constantFrom('', 'one\n', 'two\n'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      removed: fc.array(path, { maxLength: 3 }),
      /** A directory of which everything goes. */
      cleared: fc.option(name),
    });

    function isIn(directory: string | null) {
      return (file: string) => file.startsWith(`${directory}/`);
    }

    /** What an edit makes of plain files; `undefined` when one would be in another. */
    function model(
      files: ReadonlyMap<string, string>,
      { files: written, removed }: { files: object; removed: string[] },
    ): Map<string, string> | undefined {
      const after = new Map(files);
      removed.forEach(gone => after.delete(gone));
      Object.entries(written).forEach(([key, text]) => after.set(key, text));
      const paths = [...after.keys()];
      return paths.some(one => paths.some(two => two.startsWith(`${one}/`)))
        ? undefined
        : after;
    }

    it('holds exactly the files that it should, or refuses', async () => {
      let refused = 0;
      let emptied = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(change, { minLength: 2, maxLength: 6 }),
          async changes => {
            let tree: string | undefined;
            let files = new Map<string, string>();
            for (const { files: written, removed: some, cleared } of changes) {
              const inside = [...files.keys()].filter(isIn(cleared));
              const removed = [...some, ...inside];
              const after = model(files, { files: written, removed });
              const edited = await edit(tree, written, removed).catch(
                ({ name: error }: Error) => ({ error }),
              );
              expect(
                typeof edited === 'string' ? await contents(edited) : edited,
              ).toEqual(after ?? { error: 'InputError' });
              if (!after || typeof edited !== 'string') {
                refused++;
                continue;
              }
              tree = edited;
              files = after;
              const left = [...files.keys()].filter(isIn(cleared));
              emptied += inside.length > 0 && left.length === 0 ? 1 : 0;
              expect(
                await trees.texts(tree, ['a', 'a/a', 'ü', ...files.keys()]),
              ).toEqual(files);
            }
            const ofGit = tree && hasGit ? await treeOfGit(files) : tree;
            expect(tree).toBe(ofGit);
          },
        ),
        { numRuns: 40 },
      );
      // Else the edits were too tame to show anything
      expect(refused).toBeGreaterThan(0);
      expect(emptied).toBeGreaterThan(0);
    }, 120_000);
  });

  it('neither reads nor writes directories that are not on the way', async () => {
    const other: TreeEntry = {
      path: 'other',
      mode: '040000',
      type: 'tree',
      oid: NOWHERE,
    };
    const before = await treeOf([other]);
    const after = await edit(before, { 'd/a': '1' }, ['d/b', 'none/c']);
    expect(await trees.texts(after, ['d/a', 'd/b', 'none/c'])).toEqual(
      new Map([['d/a', '1']]),
    );
    expect(await entry(after, 'other')).toEqual(other);
    expect(await edit(after, {}, ['d/a'])).toBe(before);
  });

  it('gives the same tree when nothing differs', async () => {
    const before = await edit(undefined, { a: '1', 'd/b': '2' });
    expect(await edit(before, { 'd/b': '2' }, ['d/c', 'd', 'a/x'])).toBe(
      before,
    );
  });

  it('keeps files executable, and makes files of links', async () => {
    const oid = await blob('before');
    const before = await treeOf([
      { path: 'link', mode: '120000', type: 'blob', oid },
      { path: 'run.sh', mode: '100755', type: 'blob', oid },
    ]);
    const after = await edit(before, { link: 'text', 'run.sh': 'after' });
    expect(await entry(after, 'link')).toMatchObject({ mode: '100644' });
    expect(await entry(after, 'run.sh')).toMatchObject({ mode: '100755' });
    expect(await contents(after)).toEqual(
      new Map([
        ['link', 'text'],
        ['run.sh', 'after'],
      ]),
    );
  });

  it('reads binary and very large files as empty texts', async () => {
    const file = async (path: string, content: string | Uint8Array) =>
      ({
        path,
        mode: '100644',
        type: 'blob',
        oid: await blob(content),
      }) as const;
    const tree = await treeOf([
      await file('large', 'x'.repeat(1024 * 1024 + 1)),
      await file('latin-1', Uint8Array.of(0xfc)),
      await file('limit', 'x'.repeat(1024 * 1024)),
      await file('zero', 'a\0b'),
    ]);
    const texts = await trees.texts(tree, [
      'large',
      'latin-1',
      'limit',
      'zero',
    ]);
    expect([...texts].map(([path, text]) => [path, text.length])).toEqual([
      ['large', 0],
      ['latin-1', 0],
      ['limit', 1024 * 1024],
      ['zero', 0],
    ]);
  });

  it('reads the tree and the parents of a commit', async () => {
    const tree = await edit(undefined, { a: '1' });
    const signature = {
      name: 'Jane Doe',
      email: 'jane@example.com',
      timestamp: 0,
      timezoneOffset: 0,
    };
    const oid = await git.writeCommit({
      ...repository,
      commit: {
        tree,
        parent: [NOWHERE],
        author: signature,
        committer: signature,
        message: 'Change\n',
      },
    });
    expect(await trees.commit(oid)).toEqual({ tree, parents: [NOWHERE] });
  });

  describe('refuses', () => {
    it.each([
      [
        'a file where a directory is',
        { d: '1' },
        'd is a directory in the repository, so that the file cannot be written',
      ],
      [
        'a file where another repository is',
        { 'd/module': '1' },
        'd/module is a directory in the repository, so that the file cannot be written',
      ],
      [
        'a directory where a file is',
        { 'd/a/b/c': '1' },
        'd/a is no directory in the repository, so that no files can be in it',
      ],
      [
        'a file that is to be a directory as well',
        { 'e/f': '1', 'e/f/g': '2' },
        'e/f is to be a file and a directory at once',
      ],
      [
        'such a file by a name that cannot reorder the line of a log',
        { '\u202ee': '1', '\u202ee/f': '1' },
        '\ufffde is to be a file and a directory at once',
      ],
    ])('%s', async (_, files, message) => {
      const directory = await treeOf([
        { path: 'a', mode: '100644', type: 'blob', oid: await blob('1') },
        { path: 'module', mode: '160000', type: 'commit', oid: NOWHERE },
      ]);
      const tree = await treeOf([
        { path: 'd', mode: '040000', type: 'tree', oid: directory },
      ]);
      await expect(edit(tree, files)).rejects.toMatchObject({
        name: 'InputError',
        message,
      });
    });
  });

  it('leaves the empty tree when every file goes', async () => {
    const before = await edit(undefined, { a: '1', 'd/e/b': '2' });
    expect(await edit(before, {}, ['a', 'd/e/b'])).toBe(await treeOf([]));
    expect(await edit(undefined, {}, ['a'])).toBe(await treeOf([]));
  });

  it('lets a file and a directory change places', async () => {
    const before = await edit(undefined, { a: '1', 'd/b': '2', 'd/e/c': '3' });
    const after = await edit(before, { 'a/x': '4', d: '5' }, [
      'a',
      'd/b',
      'd/e/c',
    ]);
    expect(await contents(after)).toEqual(
      new Map([
        ['a/x', '4'],
        ['d', '5'],
      ]),
    );
  });
});
