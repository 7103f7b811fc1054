import { removeFolders, temporaryFolder } from '../__testUtils__/folders';
import { Call, send } from '../__testUtils__/request';
import { CoderSimulator } from '../CoderSimulator';

const HEALTH = '/api/v2/debug/health';
const REPLICAS = '/api/v2/replicas';

describe("Coder's API", () => {
  let simulator: CoderSimulator;
  let now: Date;

  const call = (name: string, path: string, more: Partial<Call> = {}) =>
    send(simulator, { host: `${name}.coder.localhost`, path, ...more });
  const tokens = (name: string) => simulator.tokens(name);

  beforeAll(async () => {
    simulator = await CoderSimulator.start({
      dataDirectory: await temporaryFolder(),
      port: 0,
      controlPort: 0,
      clock: () => now,
    });
  });

  beforeEach(async () => {
    now = new Date('2026-09-15T08:00:00.000Z');
    await simulator.boot({ name: 'aurora' });
    await simulator.boot({ name: 'oss', edition: 'community', replicas: 3 });
    await simulator.setFaults('aurora', {});
  });

  afterEach(async () => {
    await simulator.remove('aurora');
    await simulator.remove('oss');
  });

  afterAll(async () => {
    await simulator.close();
    await removeFolders();
  });

  it('answers anyone about liveness, root and build', async () => {
    expect((await call('aurora', '/healthz')).body).toBe('OK');
    expect((await call('aurora', '/api/v2/')).json()).toEqual({
      message: '👋',
    });
    const build = await call('aurora', '/api/v2/buildinfo');
    const { version, ...rest } = build.json();
    expect(version).toMatch(/^v2\.36\.5\+[0-9a-f]{7}$/);
    expect(rest).toMatchObject({
      dashboard_url: `https://aurora.coder.localhost:${simulator.port}`,
      deployment_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/),
      workspace_proxy: false,
      telemetry: true,
    });
  });

  it('names its version in a header of every answer, refusals included', async () => {
    for (const path of ['/healthz', HEALTH, '/api/v2/nothing', '/templates']) {
      const { headers } = await call('aurora', path);
      expect(headers['x-coder-build-version']).toMatch(/^v2\.36\.5\+/);
    }
  });

  it('answers an unknown route with 404 Route not found', async () => {
    const answer = await call('aurora', '/api/v2/nothing');
    expect(answer.status).toBe(404);
    expect(answer.json()).toEqual({ message: 'Route not found.' });
    expect(
      (await call('aurora', '/api/v2/buildinfo', { method: 'POST' })).status,
    ).toBe(405);
  });

  it.each([
    ['no token', undefined, 'Cookie "coder_session_token" or query parameter'],
    ['a malformed one', 'abc', 'Invalid API key format'],
    ['an unknown one', `${'a'.repeat(10)}-${'b'.repeat(22)}`, 'is invalid'],
  ])('answers 401 to %s', async (_what, token, detail) => {
    const answer = await call('aurora', HEALTH, { token });
    expect(answer.status).toBe(401);
    expect(answer.json().message).toMatch(/^You are signed out/);
    expect(answer.json().detail).toContain(detail);
  });

  it('does not accept the token of another deployment', async () => {
    const { owner: token } = tokens('oss');
    expect((await call('aurora', HEALTH, { token })).status).toBe(401);
  });

  it('accepts a token as cookie and as query parameter', async () => {
    const { owner } = tokens('aurora');
    const cookie = `a=b; coder_session_token=${owner}`;
    expect((await call('aurora', HEALTH, { headers: { cookie } })).status).toBe(
      200,
    );
    expect(
      (await call('aurora', `${HEALTH}?coder_session_token=${owner}`)).status,
    ).toBe(200);
  });

  it.each(['auditor', 'member'] as const)(
    'refuses health to the %s with 403 and hides replicas with 404',
    async role => {
      const token = tokens('aurora')[role];
      const health = await call('aurora', HEALTH, { token });
      expect(health.status).toBe(403);
      expect(health.json().message).toBe('Forbidden.');
      const replicas = await call('aurora', REPLICAS, { token });
      expect(replicas.status).toBe(404);
      expect(replicas.json().message).toMatch(/^Resource not found or you/);
    },
  );

  it('lists as many replicas as run, new ones after a restart', async () => {
    const { owner: token } = tokens('aurora');
    const list = async () =>
      (await call('aurora', REPLICAS, { token })).json() as { id: string }[];
    const before = await list();
    expect(before).toHaveLength(3);
    expect(before[0]).toMatchObject({
      hostname: expect.stringMatching(/^coder-/),
      region_id: 999,
      error: '',
      database_latency: expect.any(Number),
    });
    now = new Date('2026-09-15T09:00:00.000Z');
    await simulator.boot({ name: 'aurora', version: '2.37.1' });
    const ids = new Set([...before, ...(await list())].map(({ id }) => id));
    expect(ids.size).toBe(6);
  });

  describe('an OSS build', () => {
    it.each([REPLICAS, '/api/v2/entitlements', '/api/v2/workspaceproxies'])(
      'does not have %s',
      async path => {
        const answer = await call('oss', path, { token: tokens('oss').owner });
        expect(answer.status).toBe(404);
        expect(answer.json()).toEqual({ message: 'Route not found.' });
      },
    );

    it('has one replica, whatever is asked for', () => {
      expect(
        simulator.deployments().find(({ name }) => name === 'oss')?.replicas,
      ).toBe(1);
    });
  });

  describe('the licence', () => {
    it('entitles to everything on premium', async () => {
      const { features, ...rest } = (
        await call('aurora', '/api/v2/entitlements')
      ).json();
      expect(rest).toMatchObject({ has_license: true, errors: [] });
      expect(features.high_availability).toEqual({
        entitlement: 'entitled',
        enabled: true,
      });
      expect(features.user_limit).toMatchObject({
        limit: expect.any(Number),
        actual: expect.any(Number),
      });
    });

    it('without one: nothing entitled, licensed routes 403, replicas listed still', async () => {
      await simulator.setFaults('aurora', { unlicensed: true });
      const entitlements = (
        await call('aurora', '/api/v2/entitlements')
      ).json();
      expect(entitlements.has_license).toBe(false);
      expect(entitlements.features.high_availability.entitlement).toBe(
        'not_entitled',
      );
      expect(entitlements.errors[0]).toContain('multiple replicas');
      const { owner: token } = tokens('aurora');
      const proxies = await call('aurora', '/api/v2/workspaceproxies', {
        token,
      });
      expect(proxies.status).toBe(403);
      expect(proxies.json().message).toBe(
        'Workspace Proxy is a Premium feature. Contact sales!',
      );
      expect((await call('aurora', REPLICAS, { token })).json()).toHaveLength(
        3,
      );
    });
  });

  it('shows its support links to members, the defaults without a licence', async () => {
    const link = { name: 'Help', target: 'https://help.example.com' };
    await simulator.boot({ name: 'aurora', supportLinks: [link] });
    const links = async () =>
      (
        await call('aurora', '/api/v2/appearance', {
          token: tokens('aurora').member,
        })
      ).json().support_links;
    expect(await links()).toEqual([link]);
    await simulator.setFaults('aurora', { unlicensed: true });
    expect((await links())[0].name).toBe('Documentation');
  });

  it('shows a page on paths outside the API', async () => {
    const answer = await call('aurora', '/');
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.body).toContain('aurora');
  });
});
