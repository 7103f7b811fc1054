import { writeFile } from 'node:fs/promises';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  parseLock,
  render,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { deploymentOf } from '../__testUtils__/deployments';
import {
  NOW,
  PROVISIONERS,
  VALUES,
  editByHand,
  publishGitFixture,
} from '../__testUtils__/publishGit';

// Git on a slow disk
jest.setTimeout(60_000);

const { workspace, setup, fill } = publishGitFixture();

describe('coder-fleet:publish:git', () => {
  it('commits every file of the workspace, in the name of who runs the task', async () => {
    const { repositories, run, paths, text } = setup();
    fill(deploymentOf(), { 'notes/argocd.yaml': 'kind: Application\n' });
    const { log, outputs } = await run();
    const artifacts = render(deploymentOf());
    expect(await paths()).toEqual(
      [...artifacts.map(({ path }) => path), 'notes/argocd.yaml'].sort(),
    );
    expect(await text(VALUES)).toBe(
      artifacts.find(({ path }) => path === VALUES)?.content,
    );
    const [commit, ...older] = await repositories.history('aurora');
    expect(older).toEqual([]);
    expect(commit).toMatchObject({
      message:
        'Request Coder deployment aurora\n\nRequested-by: user:default/jane',
      author: {
        name: 'user:default/jane',
        email: 'user-default-jane@portal.invalid',
      },
      date: NOW,
    });
    expect(outputs).toEqual({
      repository: {
        type: 'directory',
        location: 'aurora',
        commit: commit.commit,
      },
      changed: true,
    });
    expect(log).toContain(`Adds ${VALUES}`);
    expect(log).toContain(`Committed ${commit.commit} to aurora`);
  });

  it('makes no second commit when it runs twice', async () => {
    const { repositories, run } = setup();
    fill(deploymentOf());
    const first = await run();
    const second = await run();
    expect(await repositories.history('aurora')).toHaveLength(1);
    expect(second.outputs).toEqual({ ...first.outputs, changed: false });
  });

  it('commits a change, and removes only what was rendered before', async () => {
    const { repositories, run, paths } = setup();
    fill(deploymentOf());
    await run();
    await editByHand(repositories, { files: { 'OWNERS.md': 'ours\n' } });
    fill(deploymentOf({ edition: 'community', users: { expected: 120 } }));
    const { log } = await run({ message: 'To the community edition' });
    expect(await paths()).not.toContain(PROVISIONERS);
    expect(await paths()).toContain('OWNERS.md');
    expect(log).toContain(`Removes ${PROVISIONERS}`);
    expect((await repositories.history('aurora'))[0].message).toMatch(
      /^To the community edition\n/,
    );
  });

  it('removes with a region what the lock lists of it, and leaves what people wrote beside it', async () => {
    const { repositories, run, paths } = setup();
    const regions = [{ name: 'eu-west', cluster: 'retail-eu-west' }];
    const proxy = { accessUrl: 'https://us.aurora.example.com' };
    fill(
      deploymentOf({
        regions: [...regions, { name: 'us-east', cluster: 'us-1', proxy }],
        database: { type: 'cloudnative-pg', highlyAvailable: true },
      }),
    );
    await run();
    const before = await paths();
    const notes = 'helm/proxies/us-east/notes.md';
    await editByHand(repositories, { files: { [notes]: 'ours\n' } });
    const after = deploymentOf({ regions });
    fill(after);
    const { log } = await run();
    const rendered = render(after).map(({ path }) => path);
    expect(await paths()).toEqual([...rendered, notes].sort());
    const gone = before.filter(path => !rendered.includes(path));
    expect(gone).toEqual(
      expect.arrayContaining([
        'helm/proxies/us-east/values.yaml',
        'kubernetes/database/cluster.yaml',
      ]),
    );
    expect(log.filter(line => line.startsWith('Removes ')).sort()).toEqual(
      gone.map(path => `Removes ${path}`).sort(),
    );
  });

  it('renders again what is missing or was changed in the workspace, and says so', async () => {
    const { run, text } = setup();
    fill(deploymentOf());
    await writeFile(workspace.resolve(VALUES), 'coder: {}\n');
    await writeFile(workspace.resolve('README.md'), '');
    workspace.addContent({ '.coder-fleet': {} });
    const { log } = await run();
    expect(log).toContain(`${VALUES} differs from its lock: rendered again`);
    expect(log).toContain('README.md differs from its lock: rendered again');
    expect(await text(VALUES)).toContain('replicaCount: 3');
    workspace.setContent({
      'coder-deployment.yaml': render(deploymentOf())[0].content,
    });
    const again = await run();
    expect(again.log).toContain(
      '.coder-fleet/lock.json is missing: rendered again',
    );
    expect(again.outputs.changed).toBe(false);
    expect(parseLock((await text('.coder-fleet/lock.json'))!)).toBeDefined();
  });

  it('publishes a directory of the workspace', async () => {
    const { run, paths } = setup();
    workspace.addContent({
      'other.txt': 'not ours',
      'sub/coder-deployment.yaml': render(deploymentOf())[0].content,
    });
    await run({ sourcePath: 'sub' });
    expect(await paths()).toEqual(
      render(deploymentOf())
        .map(({ path }) => path)
        .sort(),
    );
    await expect(run({ sourcePath: '../' })).rejects.toThrow(/not allowed/);
  });

  it.each([{}, { sourcePath: 'deployments/aurora' }])(
    'makes the same of an empty workspace, given the deployment, with %j',
    async input => {
      const { repositories, run } = setup();
      const deployment = deploymentOf();
      const lost = await run({ ...input, deployment });
      expect(lost.log).toContain(`${VALUES} is missing: rendered again`);
      fill(deployment);
      const kept = await run();
      expect(kept.outputs).toEqual({ ...lost.outputs, changed: false });
      expect(await repositories.history('aurora')).toHaveLength(1);
      workspace.clear();
      const again = await run({ ...input, deployment });
      expect(again.outputs).toEqual(kept.outputs);
    },
  );

  it('goes by the deployment that it is given, not by what is in the workspace', async () => {
    const { run, text } = setup();
    const deployment = deploymentOf();
    workspace.addContent({ 'coder-deployment.yaml': 'kind: [' });
    const { log } = await run({ deployment });
    expect(log).toContain(
      'coder-deployment.yaml differs from its lock: rendered again',
    );
    expect(await text('coder-deployment.yaml')).toBe(
      render(deployment)[0].content,
    );
  });

  it('refuses a deployment that is not valid', async () => {
    const { run, repositories } = setup();
    await expect(
      run({ deployment: { kind: 'CoderDeployment' } }),
    ).rejects.toMatchObject({ name: 'InputError' });
    expect(await repositories.list()).toEqual([]);
  });

  it.each([
    ['no coder-deployment.yaml', {}, /no coder-deployment\.yaml to publish/],
    ['a broken one', { 'coder-deployment.yaml': 'kind: [' }, /not valid YAML/],
  ])('refuses a workspace with %s', async (_what, content, message) => {
    const { run, repositories } = setup();
    workspace.addContent(content);
    await expect(run()).rejects.toThrow(message);
    expect(await repositories.list()).toEqual([]);
  });

  it('refuses files that are not text', async () => {
    const { run } = setup();
    fill(deploymentOf());
    await writeFile(workspace.resolve('logo.png'), Buffer.from([0x89, 0xff]));
    await expect(run()).rejects.toThrow('logo.png is not text');
  });

  it('says what to configure when there is no place to publish to', async () => {
    const { run } = setup({ isConfigured: false });
    fill(deploymentOf());
    await expect(run()).rejects.toThrow(
      /set coderFleet\.publish\.git\.directory/,
    );
  });

  it('commits nothing in a dry run, but finds what would stop it', async () => {
    const { repositories, run } = setup();
    fill(deploymentOf());
    const { log, outputs } = await run({}, { isDryRun: true });
    expect(await repositories.list()).toEqual([]);
    expect(log).toContain(`Adds ${VALUES}`);
    expect(log).toContain('Dry run: nothing was committed to aurora');
    expect(outputs).toEqual({
      repository: { type: 'directory', location: 'aurora' },
      changed: false,
    });
    await editByHand(repositories, { files: { 'README.md': '# Ours\n' } });
    await expect(run({}, { isDryRun: true })).rejects.toThrow('README.md');
  });

  it('commits nothing once the task is cancelled', async () => {
    const { repositories, run } = setup();
    fill(deploymentOf());
    await expect(run({}, { signal: AbortSignal.abort() })).rejects.toThrow(
      /abort/i,
    );
    expect(await repositories.list()).toEqual([]);
  });

  it('asks first whether it may, and writes nothing when not', async () => {
    const { guard, repositories, run } = setup();
    fill(deploymentOf());
    guard.check.mockRejectedValueOnce(new Error('The name aurora is taken'));
    await expect(run()).rejects.toThrow('The name aurora is taken');
    expect(guard.check.mock.calls).toEqual([
      [
        {
          deployment: deploymentOf(),
          repository: { type: 'directory', location: 'aurora' },
          credentials: mockCredentials.user(),
        },
      ],
    ]);
    expect(await repositories.list()).toEqual([]);
  });
});
