import { once } from 'node:events';
import { Agent } from 'node:https';
import { connect } from 'node:tls';
import { removeFolders, temporaryFolder } from '../__testUtils__/folders';
import { send } from '../__testUtils__/request';
import { CoderSimulator } from '../CoderSimulator';

const HOST = 'aurora.coder.localhost';
const BUILD_INFO = { host: HOST, path: '/api/v2/buildinfo' };

describe('faults', () => {
  let simulator: CoderSimulator;

  beforeEach(async () => {
    simulator = await CoderSimulator.start({
      dataDirectory: await temporaryFolder(),
      port: 0,
      controlPort: 0,
    });
    await simulator.boot({ name: 'aurora' });
  });

  afterEach(async () => {
    await simulator.close();
    await removeFolders();
  });

  it('stopped: the connection fails before TLS, and the deployment comes back by itself', async () => {
    await simulator.setFaults('aurora', { stopped: true });
    await expect(send(simulator, BUILD_INFO)).rejects.toMatchObject({
      code: 'ECONNRESET',
      message: expect.stringContaining('before secure TLS connection'),
    });
    await simulator.setFaults('aurora', {});
    await expect(send(simulator, BUILD_INFO)).resolves.toMatchObject({
      status: 200,
    });
  });

  it('stopped: a kept connection does not get through', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      await send(simulator, { ...BUILD_INFO, agent });
      await simulator.setFaults('aurora', { stopped: true });
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await expect(
          send(simulator, { ...BUILD_INFO, agent }),
        ).rejects.toMatchObject({ code: 'ECONNRESET' });
      }
    } finally {
      agent.destroy();
    }
  });

  it('stopped: a resumed TLS session is dropped before any request', async () => {
    const dial = (session?: Buffer) =>
      connect({
        host: '127.0.0.1',
        port: simulator.port,
        servername: HOST,
        ca: simulator.caPem,
        session,
      }).on('error', () => undefined);
    const first = dial();
    const [session] = await once(first, 'session');
    const again = dial(session);
    await once(again, 'secureConnect');
    expect(again.isSessionReused()).toBe(true);

    await simulator.setFaults('aurora', { stopped: true });
    const refused = dial(session);
    await once(refused, 'close');
    expect(refused.destroyed).toBe(true);
    again.destroy();
    first.destroy();
  });

  it('stopped: the Host header alone does not get through', async () => {
    await simulator.setFaults('aurora', { stopped: true });
    await expect(
      send(simulator, { ...BUILD_INFO, serverName: 'other.coder.localhost' }),
    ).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('status500: an error of the server', async () => {
    await simulator.setFaults('aurora', { status500: true });
    const answer = await send(simulator, BUILD_INFO);
    expect(answer.status).toBe(500);
    expect(answer.json().message).toBe('An internal server error occurred.');
  });

  it('garbage: says JSON and is none', async () => {
    await simulator.setFaults('aurora', { garbage: true });
    const answer = await send(simulator, BUILD_INFO);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(() => answer.json()).toThrow();
  });

  it('hang: no answer until the fault is cleared, which drops the connection', async () => {
    await simulator.setFaults('aurora', { hang: true });
    let settled = false;
    const outcome = send(simulator, BUILD_INFO)
      .catch(error => error)
      .finally(() => {
        settled = true;
      });
    // Another deployment answers in the meantime, this one does not.
    await simulator.boot({ name: 'borealis' });
    await send(simulator, { ...BUILD_INFO, host: 'borealis.coder.localhost' });
    expect(settled).toBe(false);
    await simulator.setFaults('aurora', {});
    expect(await outcome).toMatchObject({ code: 'ECONNRESET' });
  });

  it('latencyMs: answers rightly, but after one that is asked later', async () => {
    await simulator.boot({ name: 'borealis' });
    await simulator.setFaults('aurora', { latencyMs: 1000 });
    const order: string[] = [];
    const late = send(simulator, BUILD_INFO).then(answer => {
      order.push('aurora');
      return answer;
    });
    await send(simulator, { ...BUILD_INFO, host: 'borealis.coder.localhost' });
    order.push('borealis');
    expect((await late).status).toBe(200);
    expect(order).toEqual(['borealis', 'aurora']);
  });

  it('hugeBody: far more than any answer of Coder', async () => {
    await simulator.setFaults('aurora', { hugeBody: true });
    const enough = 20 * 1024 * 1024;
    const answer = await send(simulator, { ...BUILD_INFO, enough });
    expect(answer.body.length).toBeGreaterThanOrEqual(enough);
  });

  it('drip: the right answer, a byte at a time', async () => {
    await simulator.setFaults('aurora', { drip: true });
    const answer = await send(simulator, { ...BUILD_INFO, enough: 2 });
    expect(answer.body).toBe('{"');
  });

  it('version: reported everywhere instead of the committed one', async () => {
    await simulator.setFaults('aurora', { version: 'v2.40.0-rc.1' });
    const answer = await send(simulator, BUILD_INFO);
    expect(answer.json().version).toMatch(/^v2\.40\.0-rc\.1\+[0-9a-f]{7}$/);
    expect(answer.headers['x-coder-build-version']).toBe(answer.json().version);
    await simulator.setFaults('aurora', { version: 'v2.37.0-devel+abc1234' });
    expect((await send(simulator, BUILD_INFO)).json().version).toBe(
      'v2.37.0-devel+abc1234',
    );
  });

  it.each([
    ['owner', 200],
    ['auditor', 403],
    ['template-admin', 403],
    ['user-admin', 403],
    ['member', 403],
    ['none', 401],
  ] as const)(
    'tokenRole %s: the tracker gets %d',
    async (tokenRole, status) => {
      await simulator.setFaults('aurora', { tokenRole });
      const answer = await send(simulator, {
        host: HOST,
        path: '/api/v2/debug/health',
        token: simulator.tokens('aurora').owner,
      });
      expect(answer.status).toBe(status);
    },
  );

  it('refuses an unknown fault by name and keeps what was set', async () => {
    await simulator.setFaults('aurora', { status500: true });
    await expect(
      simulator.setFaults('aurora', { stoped: true } as object),
    ).rejects.toThrow(/stoped/);
    expect((await send(simulator, BUILD_INFO)).status).toBe(500);
  });
});
