import { removeFolders, temporaryFolder } from '../__testUtils__/folders';
import { send } from '../__testUtils__/request';
import { CoderSimulator } from '../CoderSimulator';

const EIGHT = '2026-09-15T08:00:00.000Z';
const FIVE_PAST = '2026-09-15T08:05:00.000Z';
const TEN_PAST = '2026-09-15T08:10:00.000Z';

describe('GET /api/v2/debug/health', () => {
  let simulator: CoderSimulator;
  let now: string;

  const answer = (query = '') =>
    send(simulator, {
      host: 'aurora.coder.localhost',
      path: `/api/v2/debug/health${query}`,
      token: simulator.tokens('aurora').owner,
    });
  const report = async (query?: string) => (await answer(query)).json();

  beforeEach(async () => {
    now = EIGHT;
    simulator = await CoderSimulator.start({
      dataDirectory: await temporaryFolder(),
      port: 0,
      controlPort: 0,
      clock: () => new Date(now),
    });
    await simulator.boot({ name: 'aurora' });
  });

  afterEach(async () => {
    await simulator.close();
    await removeFolders();
  });

  it('has every section with what all sections have', async () => {
    const { time, healthy, severity, coder_version, ...sections } =
      await report();
    expect({ time, healthy, severity }).toEqual({
      time: EIGHT,
      healthy: true,
      severity: 'ok',
    });
    expect(coder_version).toMatch(/^v2\.36\.5\+/);
    expect(Object.keys(sections).sort()).toEqual([
      'access_url',
      'database',
      'derp',
      'provisioner_daemons',
      'websocket',
      'workspace_proxy',
    ]);
    for (const section of Object.values(sections)) {
      expect(section).toMatchObject({
        severity: 'ok',
        warnings: [],
        dismissed: false,
      });
    }
    expect(sections.provisioner_daemons).not.toHaveProperty('healthy');
    expect(sections.database).toMatchObject({
      reachable: true,
      threshold_ms: 15,
    });
  });

  it("spells nested keys as Go's structs do", async () => {
    const { derp } = await report();
    const region = derp.regions['999'];
    expect(region.region).toMatchObject({
      EmbeddedRelay: true,
      RegionID: 999,
      RegionCode: 'coder',
      Nodes: expect.any(Array),
    });
    const [stun, relay] = region.node_reports;
    expect(stun.stun).toEqual({ Enabled: true, CanSTUN: true, Error: null });
    expect(stun.node).toMatchObject({ STUNOnly: true, STUNPort: 19302 });
    expect(relay.node).toMatchObject({
      Name: '999b',
      HostName: 'aurora.coder.localhost',
      DERPPort: simulator.port,
    });
    expect(relay.node_info).toEqual({
      TokenBucketBytesPerSecond: 0,
      TokenBucketBytesBurst: 0,
    });
    expect(derp.netcheck).toMatchObject({
      UDP: true,
      IPv4: true,
      PreferredDERP: 999,
      RegionLatency: { '999': expect.any(Number) },
    });
  });

  it('is computed anew after ten minutes or by force, and says when it was', async () => {
    expect((await report()).time).toBe(EIGHT);
    now = FIVE_PAST;
    expect((await report()).time).toBe(EIGHT);
    expect((await report('?force=true')).time).toBe(FIVE_PAST);
    now = TEN_PAST;
    expect((await report()).time).toBe(FIVE_PAST);
    now = '2026-09-15T08:15:00.000Z';
    expect((await report()).time).toBe(now);
  });

  it('shows a fault when it is next computed', async () => {
    await report();
    await simulator.setFaults('aurora', {
      health: {
        database: {
          severity: 'error',
          code: 'EDB01',
          message: 'ping database',
        },
      },
    });
    expect((await report()).severity).toBe('ok');
    const forced = await report('?force=true');
    expect(forced).toMatchObject({ severity: 'error', healthy: false });
    expect(forced.database).toMatchObject({
      error: 'EDB01: ping database',
      severity: 'error',
      healthy: false,
      reachable: false,
      warnings: [],
    });
  });

  it('marks a dismissed section and counts it all the same, as Coder does', async () => {
    await simulator.setFaults('aurora', {
      health: {
        derp: {
          severity: 'warning',
          code: 'EDERP01',
          message: 'uses websocket',
          dismissed: true,
        },
      },
    });
    const { derp, severity, healthy } = await report();
    expect(derp).toMatchObject({
      dismissed: true,
      severity: 'warning',
      warnings: [{ code: 'EDERP01', message: 'uses websocket' }],
    });
    expect({ severity, healthy }).toEqual({
      severity: 'warning',
      healthy: true,
    });
  });

  it('answers 404 while it is in progress', async () => {
    await simulator.setFaults('aurora', { healthInProgress: true });
    const { status, json } = await answer();
    expect(status).toBe(404);
    expect(json().message).toMatch(/^Healthcheck is in progress/);
  });

  it('comes as text, too, and refuses other formats', async () => {
    expect((await answer('?format=text')).body).toContain('healthy: true\n');
    expect((await answer('?format=xml')).status).toBe(400);
  });

  it('counts built-in daemons of all replicas and external ones', async () => {
    await simulator.boot({
      name: 'aurora',
      replicas: 2,
      builtInProvisioners: 3,
      provisioners: [{ region: 'eu', replicas: 4 }],
    });
    const { items } = (await report('?force=true')).provisioner_daemons;
    const builtIn = items.filter(
      (item: { provisioner_daemon: { key_id: string } }) =>
        item.provisioner_daemon.key_id ===
        '00000000-0000-0000-0000-000000000001',
    );
    expect([items.length, builtIn.length]).toEqual([10, 6]);
  });

  it('reports EPD01 without any daemon and EPD02 for one of another minor', async () => {
    await simulator.boot({ name: 'aurora', builtInProvisioners: 0 });
    expect(await report('?force=true')).toMatchObject({
      severity: 'error',
      provisioner_daemons: { warnings: [{ code: 'EPD01' }], items: [] },
    });
    await simulator.boot({
      name: 'aurora',
      builtInProvisioners: 0,
      provisioners: [{ region: 'eu', replicas: 1, version: 'v2.34.10' }],
    });
    expect((await report('?force=true')).provisioner_daemons).toMatchObject({
      severity: 'warning',
      warnings: [{ code: 'EPD02' }],
    });
  });
});
