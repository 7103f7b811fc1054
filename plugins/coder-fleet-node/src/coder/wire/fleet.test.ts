import { cannedCoder } from '../../__testUtils__/cannedCoder';

const ZERO_TIME = '0001-01-01T00:00:00Z';

const read = (body: unknown) => cannedCoder({ body }).coder;

describe('provisioners', () => {
  it.each([
    ['00000000-0000-0000-0000-000000000001', 'built-in'],
    ['00000000-0000-0000-0000-000000000002', 'user-auth'],
    ['00000000-0000-0000-0000-000000000003', 'psk'],
    ['27d7c232-2499-445f-a461-f0576fb51b1e', 'scoped'],
    [null, undefined],
  ])('a daemon with the key %s is %s', async (key_id, keyKind) => {
    const coder = read([{ name: 'one', key_id }]);
    const attempt = await coder.provisionerDaemons('default');
    expect(attempt).toMatchObject({ value: [{ name: 'one', keyKind }] });
  });

  it('keeps state, tags and jobs of a daemon; never seen means never', async () => {
    const coder = read([
      {
        status: 'sleeping',
        last_seen_at: ZERO_TIME,
        tags: { scope: 'organization', odd: 1 },
        provisioners: ['terraform'],
        current_job: { id: 'j', status: 'running', template_name: 't' },
        previous_job: null,
      },
    ]);
    const attempt = await coder.provisionerDaemons('default');
    expect(attempt).toMatchObject({
      value: [
        {
          status: 'sleeping',
          lastSeenAt: undefined,
          tags: { scope: 'organization' },
          provisioners: ['terraform'],
          currentJob: { id: 'j', status: 'running', templateName: 't' },
          previousJob: undefined,
        },
      ],
    });
  });

  it('keeps the queue of jobs', async () => {
    const coder = read([
      {
        ...{ id: 'j', status: 'pending', type: 'workspace_build' },
        ...{ queue_position: 2, queue_size: 9, worker_id: null },
        metadata: { template_name: 't', workspace_name: '' },
      },
    ]);
    expect(await coder.provisionerJobs('default')).toMatchObject({
      value: [
        {
          ...{ status: 'pending', queuePosition: 2, queueSize: 9 },
          ...{ templateName: 't', workspaceName: undefined },
        },
      ],
    });
  });
});

it('templates have times in both spellings, no count before there is one, and no empty texts', async () => {
  const coder = read([
    {
      ...{ id: 't', name: 'k8s', display_name: '', active_user_count: -1 },
      ...{ deprecated: true, deprecation_message: 'old' },
      build_time_stats: {
        start: { P50: 41_200, P95: 96_400 },
        stop: { p50: 1, p95: 2 },
        delete: { P50: null, P95: null },
      },
    },
  ]);
  expect(await coder.templates()).toEqual({
    status: 'ok',
    value: [
      {
        ...{ id: 't', name: 'k8s', requireActiveVersion: false },
        ...{ deprecated: true, deprecationMessage: 'old' },
        buildTimesMs: {
          start: { p50: 41_200, p95: 96_400 },
          stop: { p50: 1, p95: 2 },
          delete: {},
        },
      },
    ],
  });
});

describe('counts', () => {
  it.each(['userCount', 'workspaceCount'] as const)(
    '%s reads the count only, and makes none up',
    async method => {
      expect(await read({ count: 1234, users: [{}] })[method]()).toMatchObject({
        value: 1234,
      });
      for (const body of [{}, { count: null }, { count: -1 }, []]) {
        expect(await read(body)[method]()).toMatchObject({ status: 'error' });
      }
    },
  );
});

describe('licenses', () => {
  it('have times of the claims, and limits', async () => {
    const coder = read([
      {
        id: 1,
        claims: {
          license_expires: 1_800_000_000,
          nbf: 1e300,
          feature_set: 'premium',
          features: { user_limit: 500, odd: 'x' },
        },
      },
    ]);
    expect(await coder.licenses()).toMatchObject({
      value: [
        {
          id: 1,
          expiresAt: '2027-01-15T08:00:00.000Z',
          notBefore: undefined,
          featureSet: 'premium',
          features: { user_limit: 500 },
          deploymentIds: [],
        },
      ],
    });
  });

  it('null is none', async () => {
    expect(await read(null).licenses()).toMatchObject({ value: [] });
  });
});

describe('tokens', () => {
  it('say when they end; zero is never used', async () => {
    const coder = read([
      {
        ...{ id: 'abc', token_name: 'fleet', last_used: ZERO_TIME },
        ...{ expires_at: '2026-03-01T00:00:00Z', lifetime_seconds: 604_800 },
        scopes: ['coder:all'],
      },
    ]);
    expect(await coder.tokens()).toEqual({
      status: 'ok',
      value: [
        {
          ...{ id: 'abc', name: 'fleet', lifetimeSeconds: 604_800 },
          ...{ expiresAt: '2026-03-01T00:00:00Z', scopes: ['coder:all'] },
        },
      ],
    });
  });

  it('may live as many milliseconds as a million nanoseconds each', async () => {
    const coder = read({ max_token_lifetime: 604_800_000_000_000 });
    expect(await coder.tokenConfig()).toMatchObject({
      value: { maxTokenLifetimeMs: 604_800_000 },
    });
  });
});

it('authCheck answers what it was asked and what the server said, and nothing else', async () => {
  const coder = read({ health: true, config: 'yes', other: true });
  const checks = {
    health: { resource: 'debug_info', action: 'read' },
    config: { resource: 'deployment_config', action: 'read' },
  };
  const attempt = await coder.authCheck(checks);
  expect(attempt).toMatchObject({ status: 'ok' });
  expect(attempt.status === 'ok' && attempt.value).toEqual({ health: true });
});

it('currentUser knows roles of the future', async () => {
  const coder = read({
    ...{ id: 'u', username: 'tracker', status: 'active' },
    roles: [{ name: 'owner', display_name: 'Owner' }, { name: 'captain' }],
  });
  expect(await coder.currentUser()).toMatchObject({
    value: { username: 'tracker', roles: ['owner', 'captain'] },
  });
});

it('authMethods, updateCheck and dismissed sections are read as they are', async () => {
  expect(
    await read({
      password: { enabled: true },
      github: { enabled: true, default_provider_configured: true },
      oidc: { enabled: false, signInText: 'x' },
    }).authMethods(),
  ).toMatchObject({
    value: {
      ...{ passwordEnabled: true, gitHubEnabled: true, oidcEnabled: false },
      gitHubDefaultProvider: true,
    },
  });
  expect(
    await read({ current: true, version: 'v2.30.0', url: 'x' }).updateCheck(),
  ).toMatchObject({
    value: { current: true, version: 'v2.30.0', url: undefined },
  });
  expect(
    await read({
      dismissed_healthchecks: ['DERP', 'Future'],
    }).dismissedHealthChecks(),
  ).toMatchObject({ value: ['DERP', 'Future'] });
});
