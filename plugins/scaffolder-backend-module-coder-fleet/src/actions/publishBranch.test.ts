import { existsSync, symlinkSync } from 'node:fs';
import { toDeployment } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { deploymentOf, specOf } from '../__testUtils__/deployments';
import {
  BRANCH,
  describeWithGit,
  LOCATION,
  publishBranchFixture,
  REPOSITORY,
} from '../__testUtils__/publishBranch';
import { filesOf, filesOfMany, lockWith } from '../__testUtils__/renderedFiles';

jest.setTimeout(120_000);

const LOCK = '.coder-fleet/lock.json';
const VALUES = 'helm/control-plane/values.yaml';
const EAST = 'helm/provisioners/us-east/values.yaml';

const one = deploymentOf();
const two = deploymentOf({
  regions: [
    { name: 'eu-west', cluster: 'retail-eu-west' },
    {
      name: 'us-east',
      cluster: 'retail-us-east',
      proxy: { accessUrl: 'https://aurora-us.example.com' },
    },
  ],
});

const named = (name: string, expected = 200) =>
  toDeployment({
    name,
    spec: specOf({
      users: { expected },
      accessUrl: `https://${name}.example.com`,
    }),
  });

describeWithGit('coder-fleet:publish:branch', () => {
  const { workspace, server, guard, authorization, run, fill, pushes } =
    publishBranchFixture();
  const text = (path: string, branch = BRANCH) =>
    server.git(REPOSITORY, 'show', `${branch}:${path}`);

  it('pushes one commit on top of the default branch, which stays as it is', async () => {
    const base = server.commit(REPOSITORY, {
      files: { 'OWNERS.md': 'Ours\n', 'logo.png': Buffer.from([0x89, 0xff]) },
    });
    fill(filesOf(one));
    const { log, outputs } = await run({ message: 'Request aurora' });
    expect(outputs).toEqual({
      branchName: BRANCH,
      targetBranch: 'main',
      changed: true,
      filesToDelete: [],
      handEdits: [],
      notes: '',
    });
    expect(server.head(REPOSITORY)).toBe(base);
    expect(server.paths(REPOSITORY, BRANCH)).toEqual(
      [...Object.keys(filesOf(one)), 'OWNERS.md', 'logo.png'].sort((a, b) =>
        Buffer.compare(Buffer.from(a), Buffer.from(b)),
      ),
    );
    expect(
      server.git(REPOSITORY, 'log', '-1', '--format=%P%n%an <%ae>%n%B', BRANCH),
    ).toBe(
      `${base}\nuser:default/jane <user-default-jane@portal.invalid>\nRequest aurora\n\nRequested-by: user:default/jane`,
    );
    expect(server.git(REPOSITORY, 'fsck', '--strict')).toBe('');
    expect(log).toEqual([
      `Reading the default branch of ${LOCATION}`,
      ...Object.keys(filesOf(one))
        .sort()
        .map(path => `Adds ${path}`),
      `Pushing ${BRANCH} to ${LOCATION}`,
      `Pushed ${BRANCH}, on top of main`,
    ]);
  });

  it('sends only what the repository does not have', async () => {
    const noise = Array.from({ length: 40_000 }, (_, n) => `${n * 7919}`);
    server.commit(REPOSITORY, { files: { 'large.txt': noise.join(' ') } });
    server.commit(REPOSITORY, { files: filesOf(one) });
    fill(filesOf(two));
    await run();
    const sent = pushes().map(({ bytes }) => bytes);
    expect(Math.max(...sent)).toBeGreaterThan(1_000);
    expect(Math.max(...sent)).toBeLessThan(60_000);
  });

  it('removes the files of a region that went, and nothing that the lock never listed', async () => {
    server.commit(REPOSITORY, {
      files: {
        ...filesOf(two),
        'helm/provisioners/us-east/ours.yaml': 'a: 1\n',
        'helm/provisioners/ap-south/values.yaml': 'a: 1\n',
      },
    });
    const gone = Object.keys(filesOf(two)).filter(
      path => !(path in filesOf(one)),
    );
    expect(gone).toContain(EAST);
    fill(filesOf(one));
    const { log, outputs } = await run();
    expect([...(outputs.filesToDelete as string[])].sort()).toEqual(
      [...gone].sort(),
    );
    const left = server.paths(REPOSITORY, BRANCH);
    expect(left).toEqual(expect.not.arrayContaining([EAST]));
    expect(left.filter(path => gone.includes(path))).toEqual([]);
    expect(left).toContain('helm/provisioners/us-east/ours.yaml');
    expect(left).toContain('helm/provisioners/ap-south/values.yaml');
    expect(server.paths(REPOSITORY, 'main')).toContain(EAST);
    expect(log).toContain(`Removes ${EAST}`);
    expect(outputs.notes).toContain('**Files that go**');
    expect(outputs.handEdits).toEqual([]);
  });

  it('names what was edited by hand, shows nothing of it, and goes on', async () => {
    server.commit(REPOSITORY, { files: filesOf(two) });
    server.commit(REPOSITORY, {
      files: { [VALUES]: 'token: hush\n', [EAST]: 'token: hush\n' },
      remove: ['README.md'],
    });
    fill(filesOf(one));
    const { log, outputs } = await run();
    expect([...(outputs.handEdits as string[])].sort()).toEqual(
      ['README.md', VALUES, EAST].sort(),
    );
    expect(outputs.filesToDelete).toContain(EAST);
    expect(outputs.notes).toContain(`- \`${VALUES}\` was edited by hand`);
    expect(outputs.notes).toContain('- `README.md` was deleted by hand');
    expect(log).toContain(
      `${VALUES} was edited by hand; merging the branch undoes it`,
    );
    expect(text(VALUES)).toBe(filesOf(one)[VALUES].trim());
    expect(`${log}${JSON.stringify(outputs)}`).not.toContain('hush');
  });

  it('names a file of others where a rendered one belongs', async () => {
    server.commit(REPOSITORY, { files: { 'README.md': '# Ours\n' } });
    fill(filesOf(one));
    const { outputs } = await run();
    expect(outputs.handEdits).toEqual(['README.md']);
    expect(outputs.notes).toContain('was not rendered by Coder Fleet');
  });

  it('removes nothing by a lock that cannot be read, and says so', async () => {
    server.commit(REPOSITORY, {
      files: { ...filesOf(two), [LOCK]: '{"version": 9}' },
    });
    fill(filesOf(one));
    const { log, outputs } = await run();
    expect(outputs.filesToDelete).toEqual([]);
    expect(server.paths(REPOSITORY, BRANCH)).toContain(EAST);
    expect(log).toContainEqual(
      expect.stringContaining(`${LOCK} cannot be read`),
    );
  });

  it('looks at each folder of a list by the lock of its own', async () => {
    const before = filesOfMany([named('north'), named('south'), named('west')]);
    const north = filesOf(named('north'));
    server.commit(REPOSITORY, {
      files: {
        ...before,
        // As if it had been rendered there, and in no other folder
        'deployments/north/helm/old.yaml': 'old\n',
        'deployments/south/helm/old.yaml': 'old\n',
        [`deployments/north/${LOCK}`]: lockWith(north, {
          'helm/old.yaml': 'old\n',
        }),
        [`deployments/south/${VALUES}`]: 'mine: 1\n',
      },
    });
    fill(filesOfMany([named('north'), named('south', 900)]));
    const { outputs } = await run();
    expect(outputs.filesToDelete).toEqual(['deployments/north/helm/old.yaml']);
    expect(outputs.handEdits).toEqual([`deployments/south/${VALUES}`]);
    const paths = server.paths(REPOSITORY, BRANCH);
    expect(paths).toContain('deployments/south/helm/old.yaml');
    // Who takes a deployment off a list removes nothing of it
    expect(paths).toContain(`deployments/west/${VALUES}`);
    expect(guard.check).toHaveBeenCalledTimes(2);
    expect(server.git(REPOSITORY, 'log', '-1', '--format=%s', BRANCH)).toBe(
      'Request 2 Coder deployments',
    );
  });

  it('pushes nothing when it runs again', async () => {
    server.commit(REPOSITORY, { files: filesOf(two) });
    fill(filesOf(one));
    const first = await run();
    const commit = server.head(REPOSITORY, BRANCH);
    server.requests.length = 0;
    const again = await run();
    expect(again.outputs).toEqual(first.outputs);
    expect(pushes()).toEqual([]);
    expect(server.head(REPOSITORY, BRANCH)).toBe(commit);
    expect(again.log).toContain(
      `Nothing to push: ${BRANCH} is there already, with this`,
    );
  });

  it.each([
    ['the default branch went on', 'main', { 'new.md': 'New\n' }],
    ['the default branch got a commit that changes nothing', 'main', {}],
    ['somebody pushed to the branch', BRANCH, { 'new.md': 'New\n' }],
  ])('makes the branch anew when %s', async (_, moved, files) => {
    server.commit(REPOSITORY, { files: filesOf(two) });
    fill(filesOf(one));
    await run();
    server.commit(REPOSITORY, { files }, moved);
    const base = server.head(REPOSITORY);
    const { log, outputs } = await run();
    expect(outputs.changed).toBe(true);
    expect(server.git(REPOSITORY, 'rev-parse', `${BRANCH}^`)).toBe(base);
    expect(server.paths(REPOSITORY, BRANCH).includes('new.md')).toBe(
      moved === 'main' && 'new.md' in files,
    );
    expect(log).toContain(`${BRANCH} is there already: it is replaced`);
    expect(server.head(REPOSITORY)).toBe(base);
  });

  it('pushes nothing where the default branch holds exactly this', async () => {
    server.commit(REPOSITORY, {
      files: { ...filesOf(one), 'ours.md': 'Ours\n' },
    });
    fill(filesOf(one));
    const { log, outputs } = await run();
    expect(outputs).toEqual({
      branchName: BRANCH,
      targetBranch: 'main',
      changed: false,
      filesToDelete: [],
      handEdits: [],
      notes: '',
    });
    expect(log.at(-1)).toBe(
      `Nothing to change: main of ${LOCATION} holds exactly this`,
    );
    expect(server.head(REPOSITORY, BRANCH)).toBeUndefined();
    expect(pushes()).toEqual([]);
  });

  it('copes with paths of any characters', async () => {
    const odd = {
      'docs/a `b` $(c) ${{ d }}.md': 'odd\n',
      'docs/ümläut "q" \'.md': 'odd\n',
      'docs/new\nline.md': 'odd\n',
    };
    const outside = { '../OWNERS.md': 'x', '/etc/passwd': 'x', '': 'x' };
    server.commit(REPOSITORY, {
      files: {
        ...filesOf(one),
        ...odd,
        'docs/kept ü.md': 'kept\n',
        [LOCK]: lockWith(filesOf(one), { ...odd, ...outside }),
      },
    });
    fill({ ...filesOf(one), 'extra/ü $x `y`.md': 'Extra\n' });
    const { log, outputs } = await run();
    expect([...(outputs.filesToDelete as string[])].sort()).toEqual(
      Object.keys(odd).sort(),
    );
    const paths = server.paths(REPOSITORY, BRANCH);
    expect(paths).toContain('docs/kept ü.md');
    expect(paths).toContain('extra/ü $x `y`.md');
    expect(paths.filter(path => path in odd)).toEqual([]);
    expect(outputs.notes).toContain('- `` docs/a `b` $(c) ${{ d }}.md ``');
    expect(outputs.notes).toContain('- `docs/new\ufffdline.md`');
    expect(log).toContain('Removes docs/new\ufffdline.md');
  });

  it.each([
    ['a directory', { [`${VALUES}/mine.yaml`]: 'x\n' }, 'is a directory'],
    ['a file', { helm: 'x\n' }, 'is no directory'],
  ])(
    'stops where %s is in the way of a rendered file',
    async (_, files, message) => {
      server.commit(REPOSITORY, { files });
      fill(filesOf(one));
      await expect(run()).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(message),
      });
      expect(pushes()).toEqual([]);
    },
  );

  it('writes no file through a link of the repository', async () => {
    server.commit(REPOSITORY, {
      files: { 'elsewhere/values.yaml': 'x\n' },
      links: { [VALUES]: '../../elsewhere/values.yaml', ci: 'elsewhere' },
    });
    fill(filesOf(one));
    await expect(run()).rejects.toThrow('ci is no directory');
    server.commit(REPOSITORY, { remove: ['ci'] });
    const { outputs } = await run();
    expect(outputs.handEdits).toEqual([VALUES]);
    expect(text('elsewhere/values.yaml')).toBe('x');
    expect(text(VALUES)).toBe(filesOf(one)[VALUES].trim());
  });

  it.each([
    ['gone.md', 'link.txt is a symbolic link'],
    ['/etc/hostname', 'outside its parent'],
  ])(
    'refuses a link in the workspace to %s, before it asks for credentials',
    async (target, message) => {
      fill(filesOf(one));
      symlinkSync(target, workspace.resolve('link.txt'));
      await expect(run()).rejects.toThrow(message);
      expect(authorization).not.toHaveBeenCalled();
      expect(server.requests).toEqual([]);
    },
  );

  it.each([
    ['another directory', { sourcePath: '../..' }, /./],
    ['no lock', { sourcePath: 'docs' }, /run coder-fleet:render/],
    ['no branch', { branchName: 'a..b' }, /A ref is/],
    [
      'another host',
      { repoUrl: 'a.example.com?owner=a&repo=b' },
      /integration/,
    ],
    ['a way out', { repoUrl: 'github.com?owner=a/..&repo=b' }, /address/],
  ])('refuses %s, and reads nothing', async (_, input, message) => {
    fill({ ...filesOf(one), 'docs/x.md': 'x' });
    await expect(run(input)).rejects.toThrow(message);
    expect(server.requests).toEqual([]);
  });

  it('never pushes to the default branch', async () => {
    const base = server.commit(REPOSITORY, { files: { 'a.md': 'a\n' } });
    fill(filesOf(one));
    await expect(run({ branchName: 'main' })).rejects.toThrow(
      `main is the default branch of ${LOCATION}: give another branchName`,
    );
    expect(server.head(REPOSITORY)).toBe(base);
  });

  it('reads nothing that may not be registered from there', async () => {
    fill(filesOf(one));
    guard.check.mockRejectedValue(new Error('The name aurora is taken'));
    await expect(run()).rejects.toThrow('is taken');
    expect(guard.check).toHaveBeenCalledWith(
      expect.objectContaining({
        deployment: one,
        repository: { type: 'url', location: LOCATION },
      }),
    );
    expect(authorization).not.toHaveBeenCalled();
    expect(server.requests).toEqual([]);
  });

  it('reads and pushes nothing in a dry run, and says so', async () => {
    server.commit(REPOSITORY, { files: filesOf(two) });
    fill(filesOf(one));
    const { log, outputs } = await run({}, { isDryRun: true });
    expect(log).toEqual([
      `Dry run: ${LOCATION} was not read, and ${BRANCH} was not pushed`,
    ]);
    expect(outputs).toMatchObject({ branchName: BRANCH, changed: false });
    expect(server.requests).toEqual([]);
    expect(authorization).not.toHaveBeenCalled();
  });

  it('says what to answer for a repository without a commit', async () => {
    fill(filesOf(one));
    await expect(run()).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('answer "Is made" for a new repository'),
    });
    server.commit(REPOSITORY, { files: { a: 'a' } }, 'other');
    await expect(run()).rejects.toThrow('has no commit on its default branch');
  });

  it('leaves nothing of what it read on this machine', async () => {
    server.commit(REPOSITORY, { files: { 'a.md': 'a\n' } });
    fill(filesOf(one));
    await run();
    // Where the tests make temporary directories
    expect(existsSync(workspace.resolve('branch'))).toBe(false);
  });
});
