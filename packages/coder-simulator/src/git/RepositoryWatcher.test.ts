import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BareRepository } from '../__testUtils__/bareRepository';
import { deploymentFiles } from '../__testUtils__/deploymentFiles';
import { removeFolders, temporaryFolder } from '../__testUtils__/folders';
import { send } from '../__testUtils__/request';
import { waitFor } from '../__testUtils__/waitFor';
import { CoderSimulator } from '../CoderSimulator';

describe('a folder of Git repositories', () => {
  let dataDirectory: string;
  let gitDirectory: string;
  let lines: string[];
  let simulator: CoderSimulator;

  const status = (name: string) =>
    simulator.deployments().find(deployment => deployment.name === name);
  const start = async (bootDelayMs = 0) => {
    simulator = await CoderSimulator.start({
      dataDirectory,
      port: 0,
      controlPort: 0,
      pollIntervalMs: 20,
      bootDelayMs,
      log: line => lines.push(line),
    });
  };

  beforeEach(async () => {
    dataDirectory = await temporaryFolder();
    gitDirectory = join(dataDirectory, 'git');
    lines = [];
  });

  afterEach(async () => {
    await simulator.close();
    await removeFolders();
  });

  it('boots what was committed: version, replicas, access URL, links, provisioners', async () => {
    await start();
    const link = { name: 'Help: #1', target: 'https://help.example.com' };
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    await repository.commit(
      deploymentFiles({
        name: 'aurora',
        tag: 'v2.34.10',
        replicas: 5,
        env: [
          { name: 'CODER_SUPPORT_LINKS', value: JSON.stringify([link]) },
          { name: 'CODER_PROVISIONER_DAEMONS', value: '0' },
        ],
        provisioners: { eu: 4, us: 2 },
      }),
    );
    await waitFor('boot', () => status('aurora')?.state === 'running');

    const call = async (path: string) =>
      (
        await send(simulator, {
          host: 'aurora.coder.localhost',
          path,
          token: simulator.tokens('aurora').owner,
        })
      ).json();
    expect(await call('/api/v2/buildinfo')).toMatchObject({
      version: expect.stringMatching(/^v2\.34\.10\+/),
      dashboard_url: 'https://aurora.coder.localhost:7443',
    });
    expect(await call('/api/v2/replicas')).toHaveLength(5);
    expect((await call('/api/v2/appearance')).support_links).toEqual([link]);
    const health = await call('/api/v2/debug/health');
    expect(health.provisioner_daemons.items).toHaveLength(6);
    expect(
      await readFile(join(dataDirectory, 'credentials', 'aurora.yaml'), 'utf8'),
    ).toContain('https://aurora.coder.localhost:7443\n');
    expect(lines).toEqual([
      expect.stringMatching(/^aurora: booted v2\.34\.10\+/),
    ]);
  });

  it('lists the proxies that were committed, and scales them in place', async () => {
    await start();
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    const commit = (us: number) =>
      repository.commit(deploymentFiles({ name: 'aurora', proxies: { us } }));
    const states = async () => {
      const answer = await send(simulator, {
        host: 'aurora.coder.localhost',
        path: '/api/v2/workspaceproxies',
        token: simulator.tokens('aurora').member,
      });
      const { regions } = answer.json();
      return regions.map((region: { status: { status: string } }) => [
        region.status.status,
      ]);
    };
    await commit(2);
    await waitFor('boot', () => status('aurora')?.state === 'running');
    expect(await states()).toEqual([['ok'], ['ok']]);
    await commit(0);
    await waitFor('scaling', async () => {
      const [, [proxy]] = await states();
      return proxy === 'unreachable';
    });
    expect(lines).toHaveLength(1);
  });

  it('gives a community deployment one replica and no external provisioners', async () => {
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    await repository.commit(
      deploymentFiles({
        name: 'aurora',
        edition: 'community',
        replicas: 3,
        provisioners: { eu: 4 },
      }),
    );
    await start();
    await waitFor('boot', () => status('aurora')?.state === 'running');
    expect(status('aurora')).toMatchObject({
      edition: 'community',
      replicas: 1,
    });
  });

  it('is unreachable while it boots and comes up by itself', async () => {
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    await repository.commit(deploymentFiles({ name: 'aurora' }));
    await start(500);
    const call = { host: 'aurora.coder.localhost', path: '/healthz' };
    await expect(send(simulator, call)).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect(status('aurora')?.state).toBe('booting');
    await waitFor('boot', () => status('aurora')?.state === 'running');
    expect((await send(simulator, call)).status).toBe(200);
  });

  it('restarts for a new tag, scales without one, and does neither for other files', async () => {
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    await repository.commit(deploymentFiles({ name: 'aurora' }));
    await start();
    await waitFor('boot', () => lines.length === 1);
    const { deploymentId } = status('aurora')!;

    await repository.commit({
      ...deploymentFiles({ name: 'aurora', replicas: 4 }),
      'README.md': '# Changed\n',
    });
    await waitFor('scaling', () => status('aurora')?.replicas === 4);
    expect(lines).toHaveLength(1);

    await repository.commit(
      deploymentFiles({ name: 'aurora', replicas: 4, tag: 'v2.37.1' }),
    );
    await waitFor('upgrade', () => lines.length === 2);
    expect(status('aurora')).toMatchObject({
      version: expect.stringMatching(/^v2\.37\.1\+/),
      deploymentId,
    });
  });

  it('does not boot malformed values, says why in one line, and boots once they are right', async () => {
    await start();
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    await repository.commit({
      ...deploymentFiles({ name: 'aurora' }),
      'helm/control-plane/values.yaml': 'coder: [unclosed',
    });
    await waitFor('problem', () => status('aurora')?.state === 'failed');
    expect(
      (await send(simulator, { host: 'aurora.coder.localhost' })).status,
    ).toBe(404);

    await repository.commit(deploymentFiles({ name: 'aurora' }));
    await waitFor('boot', () => status('aurora')?.state === 'running');
    expect(lines).toEqual([
      expect.stringMatching(
        /^aurora: not booted: helm\/control-plane\/values.yaml is not valid YAML/,
      ),
      expect.stringContaining('aurora: booted'),
    ]);
    expect(status('aurora')).not.toHaveProperty('problem');
  });

  it('goes on as it was when a later commit is malformed', async () => {
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    await repository.commit(deploymentFiles({ name: 'aurora' }));
    await start();
    await waitFor('boot', () => status('aurora')?.state === 'running');
    await repository.commit(deploymentFiles({ name: 'aurora', tag: 'latest' }));
    await waitFor('problem', () => status('aurora')?.problem !== undefined);
    expect(status('aurora')?.state).toBe('running');
  });

  it('forgets a deployment whose repository is gone', async () => {
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    await repository.commit(deploymentFiles({ name: 'aurora' }));
    await start();
    await waitFor('boot', () => status('aurora')?.state === 'running');
    await rm(join(gitDirectory, 'aurora.git'), { recursive: true });
    await waitFor('removal', () => status('aurora') === undefined);
    expect(
      (await send(simulator, { host: 'aurora.coder.localhost' })).status,
    ).toBe(404);
  });

  it('reads a branch that was packed', async () => {
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    const oid = await repository.commit(deploymentFiles({ name: 'aurora' }));
    const gitdir = join(gitDirectory, 'aurora.git');
    await rm(join(gitdir, 'refs', 'heads', 'main'));
    await writeFile(
      join(gitdir, 'packed-refs'),
      `# pack-refs with: peeled fully-peeled sorted \n${oid} refs/heads/main\n`,
    );
    await start();
    await waitFor('boot', () => status('aurora')?.state === 'running');
    expect(status('aurora')).not.toHaveProperty('problem');
  });

  it('passes over repositories without a commit and folders that are none', async () => {
    await BareRepository.create(gitDirectory, 'empty');
    await mkdir(join(gitDirectory, 'Not a name.git'));
    await mkdir(join(gitDirectory, 'plain'));
    await start();
    expect(simulator.deployments()).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('boots from the repositories again after a restart', async () => {
    const repository = await BareRepository.create(gitDirectory, 'aurora');
    await repository.commit(deploymentFiles({ name: 'aurora' }));
    await start();
    await waitFor('boot', () => status('aurora')?.state === 'running');
    const before = status('aurora');
    await simulator.close();
    await start();
    await waitFor('boot', () => status('aurora')?.state === 'running');
    expect(status('aurora')).toEqual(before);
  });
});
