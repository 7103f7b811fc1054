import { removeFolders } from '../__testUtils__/folders';
import { TestFleet } from '../__testUtils__/fleet';
import type { BootOptions } from '../deployment/bootConfig';

const ORGANIZATION = '/organizations/default';
const ZERO_TIME = '0001-01-01T00:00:00Z';

describe('templates, users and licences', () => {
  let fleet: TestFleet;

  const read = async (path: string) =>
    (await fleet.ask(path, { as: 'owner' })).json();
  const boot = (options: Partial<BootOptions> = {}) =>
    fleet.boot({ name: 'aurora', ...options });

  beforeAll(async () => {
    fleet = await TestFleet.start();
  });

  beforeEach(() => boot());

  afterEach(async () => {
    await fleet.simulator.setFaults('aurora', {});
    await fleet.simulator.remove('aurora');
  });

  afterAll(async () => {
    await fleet.simulator.close();
    await removeFolders();
  });

  describe('templates', () => {
    it('have times in Go’s spelling, null for none, and -1 before a count', async () => {
      const templates = await read('/templates');
      expect(templates[0].build_time_stats).toEqual({
        start: { P50: expect.any(Number), P95: expect.any(Number) },
        stop: { P50: expect.any(Number), P95: expect.any(Number) },
        delete: { P50: null, P95: null },
      });
      const named = new Map<string, { active_user_count: number }>(
        templates.map((template: { name: string }) => [
          template.name,
          template,
        ]),
      );
      expect(named.get('preview')?.active_user_count).toBe(-1);
      expect(named.get('legacy-vm')).toMatchObject({ deprecated: true });
      expect(await read(`${ORGANIZATION}/templates`)).toEqual(templates);
    });

    it('have an active version that is named after a commit', async () => {
      const [template] = await read('/templates');
      const version = await read(
        `/templateversions/${template.active_version_id}`,
      );
      expect(version).toMatchObject({
        template_id: template.id,
        name: expect.stringMatching(/^[0-9a-f]{7}$/),
        job: { status: 'succeeded' },
      });
      expect(await read(`/templates/${template.id}/versions`)).toEqual([
        version,
      ]);
    });
  });

  describe('users', () => {
    it('are counted by status, and the seats are the active ones', async () => {
      const { features } = await read('/entitlements');
      const { count, users } = await read('/users?q=status:active&limit=1');
      expect(users).toHaveLength(1);
      expect(features.user_limit).toMatchObject({ limit: 500, actual: count });
      const dormant = await read('/users?q=status:dormant&limit=1');
      expect(dormant.users[0]).toMatchObject({
        status: 'dormant',
        last_seen_at: ZERO_TIME,
      });
    });

    it('tell their roles', async () => {
      const me = (await fleet.ask('/users/me', { as: 'auditor' })).json();
      expect(me.roles.map(({ name }: { name: string }) => name)).toEqual([
        'auditor',
        'template-admin',
      ]);
    });

    it('have tokens that end, and limits on how long these may live', async () => {
      const [token] = await read('/users/me/keys/tokens');
      expect(Date.parse(token.expires_at)).toBeGreaterThan(+fleet.now);
      const unused = (
        await fleet.ask('/users/me/keys/tokens', { as: 'member' })
      ).json();
      expect(unused[0].last_used).toBe(ZERO_TIME);
      const config = '/users/me/keys/tokens/tokenconfig';
      expect((await read(config)).max_token_lifetime).toBe(
        7 * 24 * 3600 * 1_000_000_000,
      );
      const member = (await fleet.ask(config, { as: 'member' })).json();
      expect(member.max_token_lifetime).toBe(876_600 * 3_600e9);
      const others = '/users/admin/keys/tokens';
      expect((await fleet.ask(others, { as: 'auditor' })).status).toBe(404);
    });
  });

  describe('licences', () => {
    const DAY_MS = 24 * 60 * 60 * 1000;

    it.each([
      [200, 'entitled', []],
      [12, 'entitled', ['Your license expires in 12 days.']],
      [-3, 'grace_period', [expect.stringContaining('is expired')]],
      [-60, 'not_entitled', []],
    ])(
      'with %d days left are %s, however much time passes',
      async (days, entitlement, warnings) => {
        await fleet.simulator.setFaults('aurora', {
          licenseExpiresInDays: days,
        });
        fleet.pass(400 * DAY_MS);
        const [license] = await read('/licenses');
        const left = license.claims.license_expires * 1000 - +fleet.now;
        expect(Math.round(left / DAY_MS)).toBe(days);
        const entitlements = await read('/entitlements');
        expect(entitlements.features.high_availability.entitlement).toBe(
          entitlement,
        );
        expect(entitlements.warnings).toEqual(warnings);
      },
    );

    it('warn in a header of every answer', async () => {
      await fleet.simulator.setFaults('aurora', { licenseExpiresInDays: 12 });
      const { headers } = await fleet.ask('/buildinfo');
      expect(headers['x-coder-entitlements-warning']).toBe(
        'Your license expires in 12 days.',
      );
    });

    it('are null without any, as Go writes an empty slice', async () => {
      await fleet.simulator.setFaults('aurora', { unlicensed: true });
      expect(await read('/licenses')).toBeNull();
    });
  });

  it('sign-in is told to anyone: GitHub is on unless it was turned off', async () => {
    const methods = async () => (await fleet.ask('/users/authmethods')).json();
    expect((await methods()).github.default_provider_configured).toBe(true);
    await boot({
      env: {
        CODER_OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE: 'false',
        CODER_DISABLE_PASSWORD_AUTH: 'true',
      },
    });
    expect(await methods()).toMatchObject({
      github: { enabled: false },
      password: { enabled: false },
    });
  });

  it('dismissed sections are named in the settings', async () => {
    await fleet.simulator.setFaults('aurora', {
      health: {
        workspace_proxy: {
          ...{ severity: 'warning', code: 'EWP04', message: 'x' },
          dismissed: true,
        },
      },
    });
    expect(await read('/debug/health/settings')).toEqual({
      dismissed_healthchecks: ['WorkspaceProxy'],
    });
  });
});
