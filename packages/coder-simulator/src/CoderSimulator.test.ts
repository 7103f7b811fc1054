import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { removeFolders, temporaryFolder } from './__testUtils__/folders';
import { send } from './__testUtils__/request';
import { CoderSimulator, CoderSimulatorOptions } from './CoderSimulator';

const running: CoderSimulator[] = [];

async function start(
  options: Partial<CoderSimulatorOptions> = {},
): Promise<CoderSimulator> {
  const simulator = await CoderSimulator.start({
    dataDirectory: options.dataDirectory ?? (await temporaryFolder()),
    port: 0,
    controlPort: 0,
    ...options,
  });
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(simulator => simulator.close()));
  await removeFolders();
});

const permissions = async (path: string) =>
  ((await stat(path)).mode % 0o1000).toString(8);

describe('CoderSimulator', () => {
  it('answers for several deployments on one port, told apart by host', async () => {
    const simulator = await start();
    await simulator.boot({ name: 'aurora', version: '2.36.5' });
    await simulator.boot({ name: 'cygnus', version: '2.29.0' });

    const versionOf = async (name: string) => {
      const answer = await send(simulator, {
        host: `${name}.coder.localhost`,
        path: '/api/v2/buildinfo',
      });
      return answer.json().version;
    };
    expect(await versionOf('aurora')).toMatch(/^v2\.36\.5\+[0-9a-f]{7}$/);
    expect(await versionOf('cygnus')).toMatch(/^v2\.29\.0\+[0-9a-f]{7}$/);
  });

  it('gives an unknown host a valid certificate and the 404 of an ingress', async () => {
    const simulator = await start();
    for (const host of ['nobody.coder.localhost', 'coder.example.com']) {
      const answer = await send(simulator, { host, path: '/api/v2/buildinfo' });
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toMatch(/^text\/plain/);
      expect(answer.headers).not.toHaveProperty('x-coder-build-version');
    }
  });

  it('serves a host outside the default domain', async () => {
    const simulator = await start();
    await simulator.boot({
      name: 'aurora',
      accessUrl: 'https://coder.example.com',
    });
    const answer = await send(simulator, {
      host: 'coder.example.com',
      path: '/api/v2/buildinfo',
    });
    expect(answer.json().dashboard_url).toBe('https://coder.example.com');
  });

  it('refuses two deployments on one host', async () => {
    const simulator = await start();
    await simulator.boot({ name: 'aurora' });
    await expect(
      simulator.boot({
        name: 'borealis',
        accessUrl: 'https://aurora.coder.localhost',
      }),
    ).rejects.toThrow('is served by aurora already');
  });

  it('writes the tracker token of each booted deployment, readable by its owner only', async () => {
    const dataDirectory = await temporaryFolder();
    const simulator = await start({ dataDirectory });
    await simulator.boot({ name: 'aurora' });

    const path = join(dataDirectory, 'credentials', 'aurora.yaml');
    expect(parse(await readFile(path, 'utf8'))).toEqual({
      origin: `https://aurora.coder.localhost:${simulator.port}`,
      tracker: simulator.tokens('aurora').owner,
    });
    expect(await permissions(path)).toBe('600');
    expect(simulator.tokens('aurora').owner).toMatch(
      /^[A-Za-z0-9]{10}-[A-Za-z0-9]{22}$/,
    );
    await simulator.remove('aurora');
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('keeps deployment_id, tokens, faults and CA over a restart', async () => {
    const dataDirectory = await temporaryFolder();
    const first = await start({ dataDirectory });
    const before = await first.boot({ name: 'aurora' });
    const tokens = first.tokens('aurora');
    await first.setFaults('aurora', { version: 'v2.99.0' });
    await first.close();

    const second = await start({ dataDirectory });
    const after = await second.boot({ name: 'aurora' });
    expect(after.deploymentId).toBe(before.deploymentId);
    expect(second.tokens('aurora')).toEqual(tokens);
    expect(after.faults).toEqual({ version: 'v2.99.0' });
    expect(second.caPem).toBe(first.caPem);
    expect(
      await permissions(join(dataDirectory, 'simulator', 'state.json')),
    ).toBe('600');
    expect(await permissions(join(dataDirectory, 'ca', 'ca.key'))).toBe('600');
  });

  it('gives each deployment its own id, and other data folders other ids', async () => {
    const [one, other] = [await start(), await start()];
    const ids = [
      await one.boot({ name: 'aurora' }),
      await one.boot({ name: 'borealis' }),
      await other.boot({ name: 'aurora' }),
    ].map(({ deploymentId }) => deploymentId);
    expect(new Set(ids).size).toBe(3);
  });

  it('applies initial faults only to deployments that never had any', async () => {
    const dataDirectory = await temporaryFolder();
    const initialFaults = { borealis: { stopped: true } };
    const first = await start({ dataDirectory, initialFaults });
    expect(await first.boot({ name: 'borealis' })).toMatchObject({
      state: 'stopped',
    });
    await first.setFaults('borealis', {});
    await first.close();

    const second = await start({ dataDirectory, initialFaults });
    expect(await second.boot({ name: 'borealis' })).toMatchObject({
      state: 'running',
      faults: {},
    });
  });

  it('does not start with a state file that is not its own, and does not quote it', async () => {
    const dataDirectory = await temporaryFolder();
    const first = await start({ dataDirectory });
    await first.boot({ name: 'aurora' });
    await first.close();
    const path = join(dataDirectory, 'simulator', 'state.json');
    await writeFile(path, '{"version": 1, "secret-token');

    const error = await start({ dataDirectory }).catch(thrown => thrown);
    expect(error.message).toContain('is not a state file of the simulator');
    expect(error.message).not.toContain('secret-token');
  });
});
