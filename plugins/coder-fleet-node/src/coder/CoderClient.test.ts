import {
  cannedCoder,
  ORIGIN,
  TOKEN,
  withoutToken,
  withToken,
} from '../__testUtils__/cannedCoder';
import { startHttp } from '../__testUtils__/servers';
import { GuardedHttpClient } from '../http/GuardedHttpClient';
import { CoderClient } from './CoderClient';

const HEALTH = { severity: 'ok' };

describe('CoderClient', () => {
  it('reads every endpoint at its path, with the version of the server', async () => {
    const headers = { 'x-coder-build-version': 'v2.36.5+abc' };
    const build = cannedCoder({ headers, body: { version: 'v2.36.5' } });
    await expect(build.coder.buildInfo()).resolves.toEqual({
      status: 'ok',
      value: { version: 'v2.36.5' },
      serverVersion: 'v2.36.5+abc',
    });
    const alive = cannedCoder({ body: 'OK\n' });
    await expect(alive.coder.healthz()).resolves.toMatchObject({ value: true });
    const health = cannedCoder({ body: HEALTH });
    await expect(health.coder.health()).resolves.toMatchObject({
      value: { severity: 'ok', sections: [] },
    });
    await health.coder.health({ force: true });
    const replicas = cannedCoder({ body: [] });
    await expect(replicas.coder.replicas()).resolves.toMatchObject({
      value: { total: 0 },
    });
    const entitlements = cannedCoder({ body: { has_license: false } });
    await expect(entitlements.coder.entitlements()).resolves.toMatchObject({
      value: { hasLicense: false },
    });
    expect(
      [build, alive, health, replicas, entitlements].flatMap(({ requests }) =>
        requests.map(({ url }) => url.slice(ORIGIN.length)),
      ),
    ).toEqual([
      '/api/v2/buildinfo',
      '/healthz',
      '/api/v2/debug/health',
      '/api/v2/debug/health?force=true',
      '/api/v2/replicas',
      '/api/v2/entitlements',
    ]);
  });

  it.each([
    ['updateCheck', '/updatecheck'],
    ['authMethods', '/users/authmethods'],
    ['dismissedHealthChecks', '/debug/health/settings'],
    ['licenses', '/licenses'],
    ['deploymentStats', '/deployment/stats'],
    ['serverOptions', '/deployment/config'],
    ['appearance', '/appearance'],
    ['workspaceProxies', '/workspaceproxies'],
    ['organizations', '/organizations'],
    ['templates', '/templates'],
    ['userCount', '/users?limit=1'],
    ['workspaceCount', '/workspaces?limit=1'],
    ['currentUser', '/users/me'],
    ['tokens', '/users/me/keys/tokens'],
    ['tokenConfig', '/users/me/keys/tokens/tokenconfig'],
  ] as const)('%s goes to %s', async (method, path) => {
    const { coder, requests } = cannedCoder({ body: {} });
    await coder[method]();
    expect(requests.map(({ url }) => url)).toEqual([`${ORIGIN}/api/v2${path}`]);
    expect(requests[0].method).toBeUndefined();
    expect(requests[0].body).toBeUndefined();
  });

  it('asks for lists whole, for what is searched, and for nothing that older servers refuse', async () => {
    const { coder, requests } = cannedCoder({ body: [] });
    await coder.provisionerDaemons('default');
    await coder.provisionerDaemons('default', { offline: true });
    await coder.provisionerJobs('default');
    await coder.provisionerJobs('default', { status: ['pending', 'running'] });
    await coder.provisionerKeys('default');
    await coder.userCount({ search: 'status:active' });
    expect(
      requests.map(({ url }) => decodeURIComponent(url.slice(ORIGIN.length))),
    ).toEqual([
      '/api/v2/organizations/default/provisionerdaemons?limit=1000',
      '/api/v2/organizations/default/provisionerdaemons?limit=1000&offline=true',
      '/api/v2/organizations/default/provisionerjobs?limit=1000',
      '/api/v2/organizations/default/provisionerjobs?limit=1000&status=pending,running',
      '/api/v2/organizations/default/provisionerkeys',
      '/api/v2/users?q=status:active&limit=1',
    ]);
  });

  it.each(['../../users/me', '..', '.', 'a/b?c=d#e'])(
    'stays below the organization and the version that are named %j',
    async name => {
      const { coder, requests } = cannedCoder({ body: [] });
      await coder.provisionerKeys(name);
      await coder.templateVersion(name);
      const paths = requests.map(({ url }) => new URL(url).pathname);
      expect(paths[0]).toMatch(
        /^\/api\/v2\/organizations\/[^/]+\/provisionerkeys$/,
      );
      expect(paths[1]).toMatch(/^\/api\/v2\/templateversions\/[^/]+$/);
    },
  );

  it('sends checks of rights as JSON', async () => {
    const { coder, requests } = cannedCoder({ body: { health: true } });
    await coder.authCheck({
      health: { resource: 'debug_info', action: 'read' },
      own: { resource: 'workspace', action: 'read', owner: 'me' },
    });
    const [{ method, body, headers }] = requests;
    expect(method).toBe('POST');
    expect(headers?.['content-type']).toBe('application/json');
    expect(JSON.parse(String(body))).toEqual({
      checks: {
        health: { object: { resource_type: 'debug_info' }, action: 'read' },
        own: {
          object: { resource_type: 'workspace', owner_id: 'me' },
          action: 'read',
        },
      },
    });
  });

  describe('token', () => {
    it.each([
      ['updateCheck', undefined],
      ['authMethods', TOKEN],
      ['licenses', TOKEN],
      ['serverOptions', TOKEN],
      ['tokens', TOKEN],
      ['buildInfo', undefined],
      ['healthz', undefined],
      ['health', TOKEN],
      ['replicas', TOKEN],
      ['entitlements', TOKEN],
    ] as const)(
      'goes with %s as Coder-Session-Token: %s',
      async (method, token) => {
        const { coder, requests } = cannedCoder({ body: {} });
        await coder[method]();
        expect(requests[0].headers?.['coder-session-token']).toBe(token);
        expect(requests[0].headers).not.toHaveProperty('authorization');
        expect(requests[0].headers).not.toHaveProperty('cookie');
        expect(requests[0].url).not.toContain(TOKEN);
      },
    );

    it.each([
      'https://coder.example.com:8443',
      'http://coder.example.com',
      'https://other.example.com',
    ])('is not sent to %s', async origin => {
      const { coder, requests } = cannedCoder({ body: {} }, { origin });
      await coder.entitlements();
      await coder.health();
      await coder.replicas();
      expect(requests).toHaveLength(1);
      expect(requests[0].headers).not.toHaveProperty('coder-session-token');
    });

    it.each([
      ...(['health', 'replicas', 'dismissedHealthChecks', 'licenses'] as const),
      ...(['deploymentStats', 'serverOptions', 'appearance'] as const),
      ...(['workspaceProxies', 'organizations', 'templates'] as const),
      ...(['userCount', 'workspaceCount', 'currentUser'] as const),
      ...(['tokens', 'tokenConfig'] as const),
    ])(
      'missing turns %s off, without a request, and says how to add one',
      async method => {
        const { coder, requests } = cannedCoder(
          { body: {} },
          { credentials: withoutToken },
        );
        await expect(coder[method]()).resolves.toEqual({
          status: 'off',
          message: `The tracker has no token for ${ORIGIN}: add a file with "origin: ${ORIGIN}" and "tracker: <token>" to coderFleet.credentials.directory`,
        });
        expect(requests).toEqual([]);
      },
    );

    it('never shows in a message', async () => {
      for (const status of [301, 400, 401, 403, 404, 429, 500]) {
        const { coder } = cannedCoder({ status, body: { message: 'no' } });
        const attempts = [
          await coder.health(),
          await coder.replicas(),
          await coder.entitlements(),
        ];
        expect(JSON.stringify(attempts)).not.toContain(TOKEN);
      }
    });
  });

  it.each(['appearance', 'deploymentStats', 'currentUser'] as const)(
    '%s answered with no object is an error',
    async method => {
      for (const body of ['<html>', '"text"', '[1]', 'null', '7']) {
        const { coder } = cannedCoder({ body });
        await expect(coder[method]()).resolves.toMatchObject({
          status: 'error',
        });
      }
    },
  );

  it.each(['organizations', 'templates', 'tokens'] as const)(
    '%s answered with no list of objects is an error',
    async method => {
      for (const body of ['<html>', '"text"', '{"a":1}', '[1]', 'null']) {
        const { coder } = cannedCoder({ body });
        await expect(coder[method]()).resolves.toMatchObject({
          status: 'error',
        });
      }
    },
  );

  it.each(['buildInfo', 'health', 'replicas', 'entitlements'] as const)(
    '%s answered with something else is an error',
    async method => {
      for (const body of ['<html>', '"text"', '{"a":1}', '[1]', 'null']) {
        const { coder } = cannedCoder({ body });
        await expect(coder[method]()).resolves.toMatchObject({
          status: 'error',
        });
      }
    },
  );

  it('takes a page at /healthz for an error', async () => {
    const { coder } = cannedCoder({ body: '<html>Sign in</html>' });
    await expect(coder.healthz()).resolves.toMatchObject({ status: 'error' });
  });

  it('rejects with the reason of an aborted signal, and with bugs', async () => {
    const reason = new Error('shutting down');
    await expect(cannedCoder(reason).coder.buildInfo()).rejects.toBe(reason);
  });

  it('refuses what is no origin', () => {
    expect(() => cannedCoder({}, { origin: 'https://a.b/c' })).toThrow(
      'An origin is',
    );
  });

  it('works over the guarded client, and finds a stopped server unreachable', async () => {
    const server = await startHttp((req, res) => {
      res.setHeader('x-coder-build-version', 'v2.36.5');
      res.end(
        req.url === '/healthz' ? 'OK' : JSON.stringify({ version: 'v2.36.5' }),
      );
    });
    const http = GuardedHttpClient.create({ allow: ['127.0.0.1/32'] });
    const coder = CoderClient.create({
      origin: server.url,
      http,
      credentials: withToken,
    });
    await expect(coder.healthz()).resolves.toEqual({
      status: 'ok',
      value: true,
      serverVersion: 'v2.36.5',
    });
    await expect(coder.buildInfo()).resolves.toMatchObject({ status: 'ok' });
    await server.close();
    await expect(coder.buildInfo()).resolves.toMatchObject({
      status: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    await http.close();
  });
});
