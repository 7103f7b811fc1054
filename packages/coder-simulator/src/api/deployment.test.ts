import { removeFolders } from '../__testUtils__/folders';
import { TestFleet } from '../__testUtils__/fleet';
import type { BootOptions } from '../deployment/bootConfig';

describe('a deployment', () => {
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

  describe('updatecheck', () => {
    it('is off by default, and then whatever runs is current', async () => {
      await boot({ version: 'v2.20.0' });
      expect(await read('/updatecheck')).toMatchObject({
        current: true,
        version: expect.stringMatching(/^v2\.20\.0\+/),
      });
    });

    it.each([
      ['v2.29.0', false],
      ['v2.36.5', true],
      ['v2.36.5-rc.1', true],
      ['v2.37.0-devel+abc1234', true],
    ])('when on, %s is current: %s', async (version, current) => {
      await boot({ env: { CODER_UPDATE_CHECK: 'true' } });
      await fleet.simulator.setFaults('aurora', { version });
      expect(await read('/updatecheck')).toMatchObject({
        current,
        version: 'v2.36.5',
      });
    });
  });

  describe('deployment/stats', () => {
    it('are not there in the first seconds', async () => {
      await fleet.simulator.boot({ name: 'aurora', version: 'v2.35.0' });
      const early = await fleet.ask('/deployment/stats', { as: 'owner' });
      expect([early.status, early.json().message]).toEqual([
        400,
        'Deployment stats are still processing!',
      ]);
      fleet.pass(10_000);
      expect(
        (await read('/deployment/stats')).workspaces.running,
      ).toBeDefined();
    });

    it("keep to what it was built for, with latencies in Go's spelling", async () => {
      await boot({ users: 1000, activeShare: 0.6 });
      const { workspaces, session_count } = await read('/deployment/stats');
      expect(workspaces.running).toBeGreaterThan(0);
      expect(workspaces.running).toBeLessThanOrEqual(600);
      expect(workspaces.connection_latency_ms).toEqual({
        P50: expect.any(Number),
        P95: expect.any(Number),
      });
      expect(Object.keys(session_count).sort()).toEqual([
        'jetbrains',
        'reconnecting_pty',
        'ssh',
        'vscode',
      ]);
    });

    it('agree with the lists', async () => {
      const { workspaces } = await read('/deployment/stats');
      const count = async (status: string) =>
        (await read(`/workspaces?q=status:${status}&limit=1`)).count;
      expect(await count('running')).toBe(workspaces.running);
      expect(await count('failed')).toBe(workspaces.failed);
    });

    it('have -1 for a latency that nobody measured', async () => {
      await boot({ users: 1, activeShare: 0.1 });
      const { workspaces } = await read('/deployment/stats');
      expect(workspaces).toMatchObject({
        running: 0,
        connection_latency_ms: { P50: -1, P95: -1 },
      });
    });
  });

  describe('deployment/config', () => {
    const option = async (env: string) => {
      const { options } = await read('/deployment/config');
      return options.find((found: { env: string }) => found.env === env);
    };

    it('tells values and where they come from', async () => {
      await boot({
        builtInProvisioners: 0,
        env: {
          CODER_PROMETHEUS_ENABLE: 'true',
          CODER_MAX_ADMIN_TOKEN_LIFETIME: '2160h',
        },
      });
      expect(await option('CODER_PROVISIONER_DAEMONS')).toMatchObject({
        value: 0,
        default: '3',
        value_source: 'env',
      });
      expect(await option('CODER_PROMETHEUS_ENABLE')).toMatchObject({
        value: true,
        value_source: 'env',
      });
      expect(await option('CODER_HEALTH_CHECK_REFRESH')).toMatchObject({
        value: 600_000_000_000,
        value_source: 'default',
      });
      expect(await option('CODER_MAX_ADMIN_TOKEN_LIFETIME')).toMatchObject({
        value: 7_776_000_000_000_000,
      });
      expect(await option('CODER_SUPPORT_LINKS')).toMatchObject({
        value: null,
        value_source: '',
      });
    });

    it('blanks secrets, and tells that they are set', async () => {
      await boot({ secretEnv: ['CODER_PG_CONNECTION_URL'] });
      expect(await option('CODER_PG_CONNECTION_URL')).toMatchObject({
        value: '',
        value_source: 'env',
        annotations: { secret: 'true' },
      });
    });

    it('moves the threshold of the database in the health report', async () => {
      await boot({ env: { CODER_HEALTH_CHECK_THRESHOLD_DATABASE: '10ms' } });
      expect((await read('/debug/health')).database.threshold_ms).toBe(10);
    });
  });
});
