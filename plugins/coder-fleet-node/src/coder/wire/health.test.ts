import { parseHealth } from './health';

describe('parseHealth', () => {
  it('keeps time, verdict and sections in a fixed order, sections of the future at the end', () => {
    const report = parseHealth({
      time: '2026-02-10T08:00:00Z',
      healthy: true,
      severity: 'warning',
      coder_version: 'v2.36.5',
      quantum_link: { severity: 'shiny', warnings: [], flux: 1 },
      database: { severity: 'ok', warnings: [] },
      access_url: { severity: 'ok', warnings: [], dismissed: true },
    });
    expect(report).toMatchObject({
      reportedAt: '2026-02-10T08:00:00Z',
      severity: 'warning',
    });
    expect(
      report.sections.map(({ key, title, severity, dismissed }) => [
        key,
        title,
        severity,
        dismissed,
      ]),
    ).toEqual([
      ['access_url', 'Access URL', 'ok', true],
      ['database', 'Database', 'ok', false],
      ['quantum_link', 'Quantum link', 'shiny', false],
    ]);
  });

  it.each([
    ['says that it is not healthy', { severity: 'ok', healthy: false }],
    ['has an error', { severity: 'ok', error: 'connection refused' }],
  ])('does not take a section for ok that %s', (_, database) => {
    const { sections } = parseHealth({
      severity: 'ok',
      database: { warnings: [], ...database },
    });
    expect(sections[0].severity).toBe('error');
  });

  it('keeps a page readable whatever a server sends', () => {
    const warnings = Array(5000).fill({ code: 'EDB01', message: 'x' });
    const report: Record<string, unknown> = { severity: 'ok' };
    for (let i = 0; i < 5000; i++) {
      report[`${i}${'k'.repeat(500)}`] = { severity: 'ok', warnings };
    }
    const { sections } = parseHealth(report);
    expect(sections).toHaveLength(50);
    expect(sections[0].warnings).toHaveLength(50);
    expect(sections[0].title.length).toBeLessThanOrEqual(100);
  });

  it('keeps codes, texts and errors', () => {
    const { sections } = parseHealth({
      severity: 'error',
      database: {
        severity: 'error',
        error: 'ping: refused',
        warnings: [{ code: 'EDB01', message: 'ping failed' }, { code: 7 }],
      },
    });
    expect(sections[0]).toMatchObject({
      error: 'ping: refused',
      warnings: [
        { code: 'EDB01', message: 'ping failed' },
        { code: 'EUNKNOWN', message: '' },
      ],
    });
  });

  it('reads releases that knew healthy only and sent warnings as text', () => {
    const report = parseHealth({
      healthy: false,
      database: { healthy: false, warnings: ['slow'] },
      websocket: { healthy: true },
    });
    expect(report.severity).toBe('error');
    expect(report.sections).toMatchObject([
      {
        severity: 'error',
        warnings: [{ code: 'EUNKNOWN', message: 'slow' }],
      },
      { severity: 'ok' },
    ]);
  });

  it('refuses a report without a verdict: unknown is never green', () => {
    expect(() => parseHealth({ database: { severity: 'ok' } })).toThrow(
      'neither severity nor healthy',
    );
    expect(() => parseHealth('OK')).toThrow('Expected object');
  });

  it.each([
    [
      'access_url',
      {
        access_url: 'https://coder.example.com',
        reachable: false,
        status_code: 502,
        healthz_response: 'Bad Gateway',
      },
      [
        ['Access URL', 'https://coder.example.com'],
        ['Reachable', 'no'],
        ['Status code', '502'],
        ['Answer of /healthz', 'Bad Gateway'],
      ],
    ],
    [
      'database',
      { reachable: true, latency: '1.2ms', latency_ms: 1.2, threshold_ms: 15 },
      [
        ['Reachable', 'yes'],
        ['Latency', '1.2 ms'],
        ['Threshold', '15 ms'],
      ],
    ],
    ['database', { latency: '1.2ms' }, [['Latency', '1.2ms']]],
    ['database', { latency_ms: 'fast' }, []],
    ['websocket', { code: 101, body: '' }, [['Status code', '101']]],
    [
      'workspace_proxy',
      {
        workspace_proxies: {
          regions: [
            {
              name: 'eu',
              display_name: 'Europe',
              healthy: true,
              version: 'v2',
            },
            { name: 'us', status: { status: 'unreachable' } },
          ],
        },
      },
      [
        ['Proxies', '2'],
        ['Europe', 'ok, v2'],
        ['us', 'unreachable'],
      ],
    ],
    [
      'provisioner_daemons',
      {
        items: [
          { provisioner_daemon: { name: 'b', version: 'v2.36.5' } },
          { provisioner_daemon: { name: 'a', version: 'v2.36.4' } },
        ],
      },
      [
        ['Daemons', '2'],
        ['Versions', 'v2.36.4, v2.36.5'],
      ],
    ],
  ])('shows the figures of %s: %j', (key, own, expected) => {
    const { sections } = parseHealth({
      severity: 'ok',
      [key]: { severity: 'ok', ...own },
    });
    expect(
      sections[0].details.map(({ label, value }) => [label, value]),
    ).toEqual(expected);
  });

  it.each([
    [
      'Go',
      { RegionID: 999, RegionName: 'Relay' },
      { Enabled: true, CanSTUN: true },
    ],
    [
      'documented',
      { regionID: 999, regionName: 'Relay' },
      { enabled: true, canSTUN: true },
    ],
    [
      'snake case',
      { region_id: 999, region_name: 'Relay' },
      { enabled: true, can_stun: true },
    ],
  ])('understands the %s spelling of nested keys', (_, region, stun) => {
    const { sections } = parseHealth({
      severity: 'ok',
      derp: {
        severity: 'ok',
        regions: {
          '999': { severity: 'warning', region, node_reports: [{ stun }] },
        },
      },
    });
    expect(
      sections[0].details.map(({ label, value }) => [label, value]),
    ).toEqual([
      ['Regions', '1'],
      ['Nodes with working STUN', '1 of 1'],
      ['Relay', 'warning'],
    ]);
  });

  it('shows the warnings of single daemons', () => {
    const { sections } = parseHealth({
      severity: 'warning',
      provisioner_daemons: {
        severity: 'warning',
        warnings: [],
        items: [
          {
            provisioner_daemon: { name: 'old-one' },
            warnings: [{ code: 'EPD02', message: 'mismatched version' }],
          },
        ],
      },
    });
    expect(sections[0].warnings).toEqual([
      { code: 'EPD02', message: 'old-one: mismatched version' },
    ]);
  });
});
