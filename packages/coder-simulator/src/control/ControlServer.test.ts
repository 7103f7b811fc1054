import { request } from 'node:http';
import { removeFolders, temporaryFolder } from '../__testUtils__/folders';
import { CoderSimulator } from '../CoderSimulator';

describe('the control API', () => {
  let dataDirectory: string;
  let simulator: CoderSimulator;

  const start = async () => {
    simulator = await CoderSimulator.start({
      dataDirectory,
      port: 0,
      controlPort: 0,
    });
    await simulator.boot({ name: 'aurora' });
  };
  const call = async (path: string, method = 'GET', body?: string) => {
    const response = await fetch(
      `http://127.0.0.1:${simulator.controlPort}${path}`,
      { method, body },
    );
    return { status: response.status, body: await response.json() };
  };
  const put = (faults: unknown) =>
    call('/deployments/aurora/faults', 'PUT', JSON.stringify(faults));

  beforeEach(async () => {
    dataDirectory = await temporaryFolder();
    await start();
  });

  afterEach(async () => {
    await simulator.close();
    await removeFolders();
  });

  it('lists deployments without their tokens', async () => {
    const { body } = await call('/deployments');
    expect(body).toMatchObject([
      {
        name: 'aurora',
        state: 'running',
        version: expect.stringMatching(/^v2\.36\.5\+/),
        faults: {},
      },
    ]);
    for (const token of Object.values(simulator.tokens('aurora'))) {
      expect(JSON.stringify(body)).not.toContain(token);
    }
  });

  it('replaces faults, keeps them over a restart, and clears them', async () => {
    await put({ latencyMs: 5 });
    expect((await put({ stopped: true })).body).toMatchObject({
      state: 'stopped',
      faults: { stopped: true },
    });
    await simulator.close();
    await start();
    expect((await call('/deployments')).body).toMatchObject([
      { state: 'stopped', faults: { stopped: true } },
    ]);
    const cleared = await call('/deployments/aurora/faults', 'DELETE');
    expect(cleared.body).toMatchObject({ state: 'running', faults: {} });
  });

  it('refuses what it does not know, and says what', async () => {
    expect(await put({ health: { disk: {} } })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('health') },
    });
    expect(
      (await call('/deployments/aurora/faults', 'PUT', '{')).body.error,
    ).toBe('The body is not JSON');
    expect((await call('/deployments/nobody/faults', 'DELETE')).status).toBe(
      404,
    );
    expect((await call('/elsewhere')).status).toBe(404);
    expect((await call('/deployments')).body[0].faults).toEqual({});
  });

  it('does not answer a page that reaches it by a name of its own', async () => {
    const status = await new Promise((resolve, reject) => {
      request(
        {
          host: '127.0.0.1',
          port: simulator.controlPort,
          path: '/deployments',
          headers: { host: 'rebound.example.com' },
        },
        response => resolve(response.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(400);
  });
});
