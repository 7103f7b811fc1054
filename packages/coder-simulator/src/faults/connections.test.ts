import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { parse } from 'yaml';
import { removeFolders, temporaryFolder } from '../__testUtils__/folders';
import { TestFleet } from '../__testUtils__/fleet';
import { CoderSimulator } from '../CoderSimulator';

const HOST = 'aurora.coder.localhost';

describe('faults of connections, clock, rate and database', () => {
  let fleet: TestFleet;

  beforeEach(async () => {
    fleet = await TestFleet.start();
    await fleet.boot({ name: 'aurora' });
  });

  afterEach(async () => {
    await fleet.simulator.close();
    await removeFolders();
  });

  it.each([
    ['untrusted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)(
    'tlsError %s: clients give up with %s',
    async (tlsError, code) => {
      await fleet.simulator.setFaults('aurora', { tlsError });
      await expect(fleet.ask('/buildinfo')).rejects.toMatchObject({ code });
      await fleet.simulator.setFaults('aurora', {});
      expect((await fleet.ask('/buildinfo')).status).toBe(200);
    },
  );

  it('tlsError: no session from before gets past the certificate', async () => {
    const dial = (session?: Buffer) =>
      connect({
        host: '127.0.0.1',
        port: fleet.simulator.port,
        servername: HOST,
        ca: fleet.simulator.caPem,
        session,
      });
    const first = dial();
    const [session] = await once(first, 'session');
    first.destroy();
    await fleet.simulator.setFaults('aurora', { tlsError: 'expired' });
    const [error] = await once(dial(session), 'error');
    expect(error.code).toBe('CERT_HAS_EXPIRED');
  });

  it('tlsError: other deployments keep their certificate', async () => {
    await fleet.boot({ name: 'borealis' });
    await fleet.simulator.setFaults('aurora', { tlsError: 'expired' });
    const answer = await fleet.ask('/buildinfo', { name: 'borealis' });
    expect(answer.status).toBe(200);
  });

  it('reset: an answer begins and breaks off', async () => {
    await fleet.simulator.setFaults('aurora', { reset: true });
    const begun = await fleet.ask('/buildinfo', { enough: 1 });
    expect(begun.status).toBe(200);
    await expect(fleet.ask('/buildinfo')).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
  });

  it('rateLimited: 429 to everybody, with the time to wait', async () => {
    await fleet.simulator.setFaults('aurora', { rateLimited: true });
    const answer = await fleet.ask('/buildinfo');
    expect(answer.status).toBe(429);
    expect(answer.json().message).toBe(
      "You've been rate limited for sending too many requests!",
    );
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    const host = { host: HOST, path: '/healthz' };
    expect((await fleet.ask('', host)).status).toBe(200);
  });

  describe('the limit of calls', () => {
    const limited = async (
      path: string,
      options: Parameters<TestFleet['ask']>[1] = {},
    ) => (await fleet.ask(path, options)).status;

    beforeEach(() =>
      fleet.boot({ name: 'aurora', env: { CODER_API_RATE_LIMIT: '3' } }),
    );

    it('is for one caller and one endpoint, and starts anew each minute', async () => {
      for (const remaining of ['2', '1', '0']) {
        const { headers, status } = await fleet.ask('/buildinfo');
        expect([status, headers['x-ratelimit-remaining']]).toEqual([
          200,
          remaining,
        ]);
      }
      expect(await limited('/buildinfo')).toBe(429);
      expect(await limited('/entitlements')).toBe(200);
      expect(await limited('/buildinfo', { as: 'member' })).toBe(200);
      fleet.pass(60_000);
      expect(await limited('/buildinfo')).toBe(200);
    });

    it('can be bypassed by an Owner only', async () => {
      const headers = { 'x-coder-bypass-ratelimit': 'true' };
      const last = async (as: 'owner' | 'member') => {
        const statuses = [];
        for (let call = 0; call < 4; call += 1) {
          statuses.push(await limited('/appearance', { as, headers }));
        }
        return statuses[3];
      };
      expect(await last('member')).toBe(429);
      expect(await last('owner')).toBe(200);
    });

    it('is 512 when nothing is said, and can be turned off', async () => {
      await fleet.boot({ name: 'aurora', env: {} });
      expect((await fleet.ask('/buildinfo')).headers).toMatchObject({
        'x-ratelimit-limit': '512',
        'x-ratelimit-remaining': '511',
      });
      await fleet.boot({ name: 'aurora', env: { CODER_API_RATE_LIMIT: '-1' } });
      expect((await fleet.ask('/buildinfo')).headers).not.toHaveProperty(
        'x-ratelimit-limit',
      );
    });
  });

  it('clockSkewMs: the server tells another time', async () => {
    const hour = 60 * 60 * 1000;
    await fleet.simulator.setFaults('aurora', { clockSkewMs: -hour });
    const answer = await fleet.ask('/debug/health', { as: 'owner' });
    expect(Date.parse(answer.json().time)).toBe(+fleet.now - hour);
    expect(Date.parse(answer.headers.date ?? '')).toBe(+fleet.now - hour);
  });

  describe('replacedDatabase', () => {
    const id = async () =>
      (await fleet.ask('/buildinfo')).json().deployment_id as string;

    it('has another deployment_id, and the old one again when it is over', async () => {
      const before = await id();
      await fleet.simulator.setFaults('aurora', { replacedDatabase: true });
      const after = await id();
      expect(after).not.toBe(before);
      expect(fleet.simulator.deployments()[0].deploymentId).toBe(after);
      await fleet.simulator.setFaults('aurora', {});
      expect(await id()).toBe(before);
    });

    it('knows no token and no licence of before, and has tokens of its own', async () => {
      const { owner: old } = fleet.simulator.tokens('aurora');
      await fleet.simulator.setFaults('aurora', { replacedDatabase: true });
      const health = (token: string) => fleet.ask('/debug/health', { token });
      expect((await health(old)).status).toBe(401);
      const { owner } = fleet.simulator.tokens('aurora');
      expect(owner).toMatch(/^[A-Za-z0-9]{10}-[A-Za-z0-9]{22}$/);
      expect((await health(owner)).status).toBe(200);
      expect((await fleet.ask('/entitlements')).json().has_license).toBe(false);
    });

    it('does not tell the tracker of its tokens, restart or not', async () => {
      const dataDirectory = await temporaryFolder();
      const simulator = await CoderSimulator.start({
        ...{ dataDirectory, port: 0, controlPort: 0 },
      });
      await simulator.boot({ name: 'aurora' });
      const { owner } = simulator.tokens('aurora');
      await simulator.setFaults('aurora', { replacedDatabase: true });
      await simulator.boot({ name: 'aurora', version: 'v2.37.0' });
      const file = join(dataDirectory, 'credentials', 'aurora.yaml');
      expect(parse(await readFile(file, 'utf8')).tracker).toBe(owner);
      await simulator.close();
    });
  });
});
