import { removeFolders } from '../__testUtils__/folders';
import { TestFleet } from '../__testUtils__/fleet';
import type { BootOptions } from '../deployment/bootConfig';

const ORGANIZATION = '/organizations/default';
const BUILT_IN = '00000000-0000-0000-0000-000000000001';

describe('provisioners and proxies', () => {
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

  describe('provisioners', () => {
    const daemons = (query = '') =>
      read(`${ORGANIZATION}/provisionerdaemons${query}`);

    it('give 50 daemons unless another number is asked for', async () => {
      await boot({
        builtInProvisioners: 0,
        provisioners: [{ region: 'eu', replicas: 60 }],
      });
      expect(await daemons()).toHaveLength(50);
      expect(await daemons('?limit=1000')).toHaveLength(60);
    });

    it('tell built-in daemons from external ones by their key', async () => {
      await boot({
        replicas: 1,
        provisioners: [{ region: 'eu', replicas: 2, version: 'v2.34.1' }],
      });
      const list = await daemons();
      const external = list.filter(
        ({ key_id }: { key_id: string }) => key_id !== BUILT_IN,
      );
      expect([list.length, external.length]).toEqual([5, 2]);
      expect(external[0]).toMatchObject({
        key_name: 'eu',
        version: expect.stringMatching(/^v2\.34\.1\+/),
      });
      const [key] = await read(`${ORGANIZATION}/provisionerkeys`);
      expect(key).toMatchObject({ id: external[0].key_id, name: 'eu' });
      const used = await read(`${ORGANIZATION}/provisionerkeys/daemons`);
      expect(
        used.map((entry: { key: { name: string }; daemons: unknown[] }) => [
          entry.key.name,
          entry.daemons.length,
        ]),
      ).toEqual([
        ['eu', 2],
        ['built-in', 3],
      ]);
    });

    it('hide those that are offline unless they are asked for', async () => {
      await boot({ provisioners: [{ region: 'eu', replicas: 3 }] });
      await fleet.simulator.setFaults('aurora', { offlineProvisioners: 2 });
      const states = async (query: string) =>
        (await daemons(query)).filter(
          ({ status }: { status: string }) => status === 'offline',
        ).length;
      expect(await states('?limit=100')).toBe(0);
      expect(await states('?limit=100&offline=true')).toBe(2);
    });

    it('refuse a parameter that they do not know, as Coder does', async () => {
      for (const list of ['provisionerdaemons', 'provisionerjobs']) {
        const answer = await fleet.ask(`${ORGANIZATION}/${list}?page=2`, {
          as: 'owner',
        });
        expect([answer.status, answer.json()]).toMatchObject([
          400,
          {
            message: 'Invalid query parameters.',
            validations: [{ field: 'page' }],
          },
        ]);
      }
    });

    it('run as many jobs as daemons are busy; the others wait in line', async () => {
      await boot({ users: 10_000, replicas: 1, builtInProvisioners: 1 });
      const jobs = async (status: string) =>
        read(`${ORGANIZATION}/provisionerjobs?limit=1000&status=${status}`);
      const busy = (await daemons()).filter(
        ({ status }: { status: string }) => status === 'busy',
      );
      const running = await jobs('running');
      expect(busy.map((daemon: { id: string }) => daemon.id)).toEqual(
        running.map((job: { worker_id: string }) => job.worker_id),
      );
      const pending = await jobs('pending');
      expect(pending[0]).toMatchObject({
        queue_position: 1,
        queue_size: pending.length,
      });
      expect(pending[0]).not.toHaveProperty('started_at');
      expect((await jobs('failed'))[0].error).not.toBe('');
    });

    it('are of the organization that is asked for, by name or id', async () => {
      const [{ id }] = await read('/organizations');
      for (const organization of [id, 'coder', 'default']) {
        expect(await read(`/organizations/${organization}`)).toMatchObject({
          id,
          is_default: true,
        });
      }
      const other = await fleet.ask('/organizations/other/provisionerdaemons', {
        as: 'owner',
      });
      expect(other.status).toBe(404);
    });
  });

  describe('workspace proxies', () => {
    const proxy = (region: string) =>
      `https://${region}.aurora.coder.localhost`;

    beforeEach(() =>
      boot({
        proxies: [
          { region: 'us', replicas: 2, accessUrl: proxy('us') },
          {
            ...{ region: 'ap', replicas: 1, version: 'v2.34.1' },
            accessUrl: proxy('ap'),
          },
          { region: 'sa', replicas: 0, accessUrl: proxy('sa') },
        ],
      }),
    );

    it('are listed with the primary, with their states and versions', async () => {
      const { regions } = await read('/workspaceproxies');
      expect(
        regions.map((region: { name: string; status: { status: string } }) => [
          region.name,
          region.status.status,
        ]),
      ).toEqual([
        ['primary', 'ok'],
        ['us', 'ok'],
        ['ap', 'ok'],
        ['sa', 'unreachable'],
      ]);
      expect(regions[2].version).toMatch(/^v2\.34\.1\+/);
      expect(regions[2].status.report.warnings[0]).toContain('mismatch');
      const names = (await read('/regions')).regions;
      expect(names).toHaveLength(4);
      expect(names[0]).not.toHaveProperty('status');
    });

    it('make the health report warn of the one that is down', async () => {
      expect(await read('/debug/health')).toMatchObject({
        severity: 'warning',
        workspace_proxy: {
          healthy: true,
          severity: 'warning',
          warnings: [{ code: 'EWP04' }],
        },
      });
    });

    it('answer on their own host whose proxies they are, and nothing more', async () => {
      const at = (host: string, path: string) =>
        fleet.ask(path, { host: `${host}.aurora.coder.localhost` });
      expect((await at('ap', '/buildinfo')).json()).toMatchObject({
        workspace_proxy: true,
        dashboard_url: expect.stringContaining('//aurora.coder.localhost'),
        version: expect.stringMatching(/^v2\.34\.1\+/),
      });
      expect((await at('us', '/users/me')).status).toBe(404);
      await expect(at('sa', '/buildinfo')).rejects.toMatchObject({
        code: 'ECONNRESET',
      });
    });
  });
});
