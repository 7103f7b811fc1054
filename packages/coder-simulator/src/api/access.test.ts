import { removeFolders } from '../__testUtils__/folders';
import { TestFleet } from '../__testUtils__/fleet';
import type { TokenSet } from '../deployment/identity';

type Expected = Partial<Record<keyof TokenSet, number>> & { nobody: number };

const ORGANIZATION = '/organizations/default';
const SALES = 403;

/** Whoever is not named gets what a member gets. */
const ACCESS: readonly [path: string, expected: Expected][] = [
  ['/buildinfo', { nobody: 200, member: 200 }],
  ['/updatecheck', { nobody: 200, member: 200 }],
  ['/entitlements', { nobody: 200, member: 200 }],
  ['/users/authmethods', { nobody: 200, member: 200 }],
  ['/users/first', { nobody: 200, member: 200 }],
  ['/appearance', { nobody: 401, member: 200 }],
  ['/regions', { nobody: 401, member: 200 }],
  ['/experiments', { nobody: 401, member: 200 }],
  ['/deployment/ssh', { nobody: 401, member: 200 }],
  ['/organizations', { nobody: 401, member: 200 }],
  [ORGANIZATION, { nobody: 401, member: 200 }],
  ['/templates', { nobody: 401, member: 200 }],
  ['/workspaceproxies', { nobody: 401, member: 200 }],
  ['/workspaces', { nobody: 401, member: 200 }],
  ['/licenses', { nobody: 401, member: 200 }],
  ['/users/me', { nobody: 401, member: 200 }],
  ['/users/me/keys/tokens', { nobody: 401, member: 200 }],
  ['/users/me/keys/tokens/tokenconfig', { nobody: 401, member: 200 }],
  [`${ORGANIZATION}/provisionerkeys`, { nobody: 401, member: 200 }],
  ['/debug/health', { nobody: 401, owner: 200, member: 403 }],
  ['/debug/health/settings', { nobody: 401, owner: 200, member: 403 }],
  ['/replicas', { nobody: 401, owner: 200, member: 404 }],
  [
    '/deployment/config',
    { nobody: 401, owner: 200, auditor: 200, siteAuditor: 200, member: 403 },
  ],
  [
    '/deployment/stats',
    { nobody: 401, owner: 200, auditor: 200, siteAuditor: 200, member: 403 },
  ],
  [
    '/users',
    {
      ...{ nobody: 401, owner: 200, auditor: 200, siteAuditor: 200 },
      ...{ templateAdmin: 200, userAdmin: 200, member: 403 },
    },
  ],
  [
    `${ORGANIZATION}/provisionerdaemons`,
    {
      ...{ nobody: 401, owner: 200, auditor: 200, templateAdmin: 200 },
      member: 404,
    },
  ],
  [
    `${ORGANIZATION}/provisionerjobs`,
    {
      ...{ nobody: 401, owner: 200, auditor: 200, templateAdmin: 200 },
      member: 404,
    },
  ],
];

const USERS = [
  ...(['owner', 'auditor', 'siteAuditor'] as const),
  ...(['templateAdmin', 'userAdmin', 'member'] as const),
];

describe('who may call what', () => {
  let fleet: TestFleet;

  beforeAll(async () => {
    fleet = await TestFleet.start();
    await fleet.boot({ name: 'aurora', replicas: 2 });
    await fleet.boot({ name: 'oss', edition: 'community' });
    await fleet.boot({ name: 'unpaid' });
    await fleet.simulator.setFaults('unpaid', { unlicensed: true });
  });

  afterAll(async () => {
    await fleet.simulator.close();
    await removeFolders();
  });

  it.each(ACCESS)('%s', async (path, expected) => {
    const { nobody, ...byUser } = expected;
    const wanted = Object.fromEntries(
      USERS.map(user => [user, byUser[user] ?? byUser.member]),
    );
    const statuses: Record<string, number> = {};
    for (const as of USERS) {
      statuses[as] = (await fleet.ask(path, { as })).status;
    }
    expect({ ...statuses, nobody: (await fleet.ask(path)).status }).toEqual({
      ...wanted,
      nobody,
    });
  });

  it.each([
    '/replicas',
    '/entitlements',
    '/licenses',
    '/workspaceproxies',
    `${ORGANIZATION}/provisionerkeys`,
    `${ORGANIZATION}/provisionerkeys/daemons`,
  ])('an OSS build has no %s', async path => {
    const answer = await fleet.ask(path, { name: 'oss', as: 'owner' });
    expect([answer.status, answer.json().message]).toEqual([
      404,
      'Route not found.',
    ]);
  });

  it.each([
    ['/workspaceproxies', 'Workspace Proxy'],
    [`${ORGANIZATION}/provisionerkeys`, 'External Provisioner Daemons'],
  ])('without a licence %s is for sale, even to nobody', async (path, name) => {
    for (const as of ['owner', undefined] as const) {
      const answer = await fleet.ask(path, { name: 'unpaid', as });
      expect(answer.status).toBe(SALES);
      expect(answer.json().message).toBe(
        `${name} is a Premium feature. Contact sales!`,
      );
    }
  });

  it('lists are cut to what the caller may see, without a word', async () => {
    const count = async (path: string, as: keyof TokenSet) =>
      (await fleet.ask(path, { as })).json().count;
    const all = await count('/workspaces?limit=1', 'owner');
    expect(all).toBeGreaterThan(1);
    expect(await count('/workspaces', 'templateAdmin')).toBe(all);
    expect(await count('/workspaces', 'siteAuditor')).toBe(0);
    expect(await count('/workspaces', 'member')).toBe(1);
    expect((await fleet.ask('/licenses', { as: 'member' })).json()).toBeNull();
    expect((await fleet.ask('/licenses', { as: 'owner' })).json()).toHaveLength(
      1,
    );
  });

  it('answers authcheck as it would answer the calls themselves', async () => {
    const body = JSON.stringify({
      checks: {
        health: { object: { resource_type: 'debug_info' }, action: 'read' },
        config: {
          object: { resource_type: 'deployment_config' },
          action: 'read',
        },
        templates: { object: { resource_type: 'template' }, action: 'create' },
        own: {
          object: { resource_type: 'workspace', owner_id: 'me' },
          action: 'read',
        },
        nonsense: { object: { resource_type: 'moon' }, action: 'read' },
      },
    });
    const check = async (as: keyof TokenSet) =>
      (await fleet.ask('/authcheck', { as, method: 'POST', body })).json();
    const nothing = { health: false, config: false, templates: false };
    expect(await check('member')).toEqual({
      ...nothing,
      own: true,
      nonsense: false,
    });
    expect(await check('siteAuditor')).toMatchObject({
      ...nothing,
      config: true,
    });
    expect(await check('auditor')).toMatchObject({
      ...nothing,
      config: true,
      templates: true,
    });
    expect(await check('owner')).toMatchObject({ health: true, config: true });
  });

  it.each([
    ['{', 'Request body must be valid JSON.'],
    [
      '{"checks":{"x":{"object":{},"action":"read"}}}',
      'Object\'s "resource_type" field must be defined for key "x".',
    ],
  ])('answers authcheck of %s with 400', async (body, message) => {
    const answer = await fleet.ask('/authcheck', {
      ...{ as: 'member', method: 'POST', body },
    });
    expect([answer.status, answer.json().message]).toEqual([400, message]);
  });
});
