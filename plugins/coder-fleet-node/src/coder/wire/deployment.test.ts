import { cannedCoder } from '../../__testUtils__/cannedCoder';

const read = (body: unknown) => cannedCoder({ body }).coder;

describe('deploymentStats', () => {
  it.each([
    ['Go', { P50: 18.4, P95: 71.9 }],
    ['lower', { p50: 18.4, p95: 71.9 }],
  ])('reads numbers, latencies in %s spelling', async (_, latency) => {
    const coder = read({
      collected_at: '2026-02-10T08:00:00Z',
      next_update_at: '2026-02-10T08:01:00Z',
      workspaces: {
        ...{ pending: 1, building: 2, running: 3, failed: 4, stopped: 5 },
        connection_latency_ms: latency,
        rx_bytes: 6,
      },
      session_count: { vscode: 7, cursor: 8 },
    });
    expect(await coder.deploymentStats()).toMatchObject({
      status: 'ok',
      value: {
        collectedAt: '2026-02-10T08:00:00Z',
        nextUpdateAt: '2026-02-10T08:01:00Z',
        workspaces: {
          ...{ pending: 1, building: 2, running: 3, failed: 4, stopped: 5 },
          connectionLatencyMs: { p50: 18.4, p95: 71.9 },
        },
        sessions: { vscode: 7, cursor: 8 },
      },
    });
  });

  it('takes -1 for a latency that nobody measured', async () => {
    const coder = read({
      workspaces: {
        running: 0,
        connection_latency_ms: { P50: -1, P95: -1 },
      },
    });
    const attempt = await coder.deploymentStats();
    expect(attempt).toMatchObject({ value: { workspaces: { running: 0 } } });
    expect(JSON.stringify(attempt)).not.toContain('Latency');
  });

  it('a server that still counts is an error, in its own words', async () => {
    const { coder } = cannedCoder({
      status: 400,
      body: { message: 'Deployment stats are still processing!' },
    });
    expect(await coder.deploymentStats()).toEqual({
      status: 'error',
      code: 400,
      message: expect.stringContaining('still processing'),
    });
  });
});

describe('serverOptions', () => {
  it('keeps values of every kind, and where they come from', async () => {
    const coder = read({
      options: [
        { env: 'CODER_PROVISIONER_DAEMONS', value: 0, value_source: 'env' },
        { env: 'CODER_UPDATE_CHECK', value: false, value_source: 'default' },
        { env: 'CODER_SUPPORT_LINKS', value: null, value_source: '' },
        { env: 'CODER_NEW', value: [{ a: 1 }], value_source: 'remote' },
      ],
    });
    expect(await coder.serverOptions()).toMatchObject({
      value: [
        { env: 'CODER_PROVISIONER_DAEMONS', value: 0, source: 'env' },
        { env: 'CODER_UPDATE_CHECK', value: false, source: 'default' },
        { env: 'CODER_SUPPORT_LINKS', value: undefined, source: undefined },
        { env: 'CODER_NEW', value: [{ a: 1 }], source: 'remote' },
      ],
    });
  });

  it('drops the value of a secret, should a server ever send one', async () => {
    const coder = read({
      options: [
        {
          ...{ env: 'CODER_PG_CONNECTION_URL', value: 'postgres://u:pw@db' },
          ...{ value_source: 'env', annotations: { secret: 'true' } },
        },
      ],
    });
    const attempt = await coder.serverOptions();
    expect(attempt).toMatchObject({
      value: [{ env: 'CODER_PG_CONNECTION_URL', secret: true, source: 'env' }],
    });
    expect(JSON.stringify(attempt)).not.toContain('pw@db');
  });
});

it('appearance keeps texts of links as they are, and drops addresses that are none of the web', async () => {
  const coder = read({
    application_name: '',
    logo_url: 'data:text/html,x',
    docs_url: 'https://coder.com/docs',
    support_links: [
      { name: 'Help', target: 'mailto:help@example.com', icon: '' },
      { name: 'Broken' },
    ],
    announcement_banners: [{ enabled: true, message: 'Maintenance' }],
  });
  expect(await coder.appearance()).toEqual({
    status: 'ok',
    value: {
      docsUrl: 'https://coder.com/docs',
      supportLinks: [
        { name: 'Help', target: 'mailto:help@example.com' },
        { name: 'Broken', target: '' },
      ],
      announcementBanners: [{ enabled: true, message: 'Maintenance' }],
    },
  });
});

describe('workspaceProxies', () => {
  const region = {
    id: 'a',
    name: 'us',
    healthy: false,
    path_app_url: 'https://us.example.com',
    status: {
      status: 'exploded',
      report: { errors: ['no route'], warnings: null },
      checked_at: '2026-02-10T08:00:00Z',
    },
    version: 'v2.34.1+abc1234',
  };

  it.each([
    ['one object, as on the wire', { regions: [region] }],
    ['a list of objects, as documented', [{ regions: [region] }]],
  ])('reads %s, states of the future, too', async (_, body) => {
    expect(await read(body).workspaceProxies()).toMatchObject({
      value: [
        {
          ...{ name: 'us', healthy: false, status: 'exploded' },
          ...{ errors: ['no route'], warnings: [], deleted: false },
          ...{ url: 'https://us.example.com', version: 'v2.34.1+abc1234' },
        },
      ],
    });
  });

  it('is absent without a licence, and on an OSS build', async () => {
    for (const [status, message] of [
      [403, 'Workspace Proxy is a Premium feature. Contact sales!'],
      [404, 'Route not found.'],
    ] as const) {
      const { coder } = cannedCoder({ status, body: { message } });
      expect(await coder.workspaceProxies()).toMatchObject({
        status: 'absent',
      });
    }
  });
});
