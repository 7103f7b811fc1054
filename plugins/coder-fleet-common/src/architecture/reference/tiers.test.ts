import { TIERS_2026 } from './tiers2026';
import { LEGACY_TIER_ROWS } from './tiersLegacy';

// Every figure here was typed from the pages of the CVA, not taken from the data.

describe('TIERS_2026', () => {
  it.each([
    // users, running, builds | coderd: mCPU, GiB, replicas | provisioners: replicas, mCPU, GiB | database: vCPU, GB, replicas
    ['1k', 1000, 600, 60, 2000, 8, 3, 60, 1000, 1, 8, 30, 1],
    ['2k', 2000, 1200, 120, 4000, 12, 3, 120, 1000, 1, 16, 60, 1],
    ['3k', 3000, 1800, 180, 4000, 12, 4, 180, 1000, 1, 32, 120, 1],
    ['10k', 10000, 6000, 600, 4000, 12, 10, 600, 1000, 1, 64, 240, 1],
  ] as const)('has the figures of the page %s-users', (name, ...figures) => {
    const tier = TIERS_2026.find(row => row.name === name);
    expect([
      tier?.limits.users,
      tier?.limits.runningWorkspaces,
      tier?.limits.concurrentBuilds,
      tier?.controlPlane.container.cpuMillis,
      tier?.controlPlane.container.memoryGiB,
      tier?.controlPlane.replicas,
      tier?.provisioners.replicas,
      tier?.provisioners.container.cpuMillis,
      tier?.provisioners.container.memoryGiB,
      tier?.database.vcpu,
      tier?.database.memoryGB,
      tier?.database.replicas,
    ]).toEqual(figures);
    expect(tier?.source.title).toBe(
      `CVA, reference architecture for ${name} users`,
    );
    expect(tier?.source.url).toBe(
      `https://coder.com/docs/admin/infrastructure/validated-architectures/${name}-users`,
    );
  });

  it('has a row for proxies in all tiers but the smallest', () => {
    expect(TIERS_2026.map(({ proxies }) => proxies)).toEqual([
      undefined,
      { replicas: 3, container: { cpuMillis: 4000, memoryGiB: 12 } },
      { replicas: 4, container: { cpuMillis: 4000, memoryGiB: 12 } },
      { replicas: 10, container: { cpuMillis: 4000, memoryGiB: 12 } },
    ]);
  });

  it('has the tiers in the order of their size', () => {
    expect(TIERS_2026.map(({ name }) => name)).toEqual([
      '1k',
      '2k',
      '3k',
      '10k',
    ]);
  });
});

describe('LEGACY_TIER_ROWS', () => {
  it('has the figures of the older pages', () => {
    expect(LEGACY_TIER_ROWS.map(({ source, sources, ...row }) => row)).toEqual([
      {
        name: '1k',
        users: 1000,
        peakRequestsPerSecond: 180,
        highAvailability: 'non-essential',
        controlPlane: {
          vcpu: 2,
          memoryGB: 8,
          count: 2,
          minCount: 1,
          machineTypes: {
            gcp: 'n1-standard-2',
            aws: 'm5.large',
            azure: 'Standard_D2s_v3',
          },
        },
        provisioners: {
          vcpu: 8,
          memoryGB: 32,
          count: 2,
          provisionersPerNode: 30,
          machineTypes: {
            gcp: 't2d-standard-8',
            aws: 'c5.2xlarge',
            azure: 'Standard_D8s_v3',
          },
        },
        workspaces: {
          vcpu: 8,
          memoryGB: 32,
          count: 64,
          workspacesPerNode: 16,
          machineTypes: {
            gcp: 't2d-standard-8',
            aws: 'm5.2xlarge',
            azure: 'Standard_D8s_v3',
          },
        },
        database: {
          vcpu: 2,
          memoryGB: 8,
          count: 1,
          storageGB: 512,
          highlyAvailable: false,
          machineTypes: {
            gcp: 'db-custom-2-7680',
            aws: 'db.m5.large',
            azure: 'Standard_D2s_v3',
          },
        },
      },
      {
        name: '2k',
        users: 2000,
        peakRequestsPerSecond: 300,
        highAvailability: 'enabled',
        controlPlane: {
          vcpu: 4,
          memoryGB: 16,
          count: 2,
          minCount: 2,
          machineTypes: {
            gcp: 'n1-standard-4',
            aws: 'm5.xlarge',
            azure: 'Standard_D4s_v3',
          },
        },
        provisioners: {
          vcpu: 8,
          memoryGB: 32,
          count: 4,
          provisionersPerNode: 30,
          machineTypes: {
            gcp: 't2d-standard-8',
            aws: 'c5.2xlarge',
            azure: 'Standard_D8s_v3',
          },
        },
        workspaces: {
          vcpu: 8,
          memoryGB: 32,
          count: 128,
          workspacesPerNode: 16,
          machineTypes: {
            gcp: 't2d-standard-8',
            aws: 'm5.2xlarge',
            azure: 'Standard_D8s_v3',
          },
        },
        database: {
          vcpu: 4,
          memoryGB: 16,
          count: 1,
          storageGB: 1024,
          highlyAvailable: false,
          buildsPerDayForMoreReplicas: 500,
          machineTypes: {
            gcp: 'db-custom-4-15360',
            aws: 'db.m5.xlarge',
            azure: 'Standard_D4s_v3',
          },
        },
      },
      {
        name: '3k',
        users: 3000,
        peakRequestsPerSecond: 550,
        highAvailability: 'enabled',
        controlPlane: {
          vcpu: 8,
          memoryGB: 32,
          count: 4,
          minCount: 4,
        },
        provisioners: {
          vcpu: 8,
          memoryGB: 32,
          count: 8,
          provisionersPerNode: 30,
          machineTypes: { gcp: 't2d-standard-8', azure: 'Standard_D8s_v3' },
        },
        workspaces: {
          vcpu: 8,
          memoryGB: 32,
          count: 256,
          workspacesPerNode: 12,
          machineTypes: { gcp: 't2d-standard-8', azure: 'Standard_D8s_v3' },
        },
        database: {
          vcpu: 8,
          memoryGB: 32,
          count: 2,
          storageGB: 1536,
          highlyAvailable: true,
          buildsPerDayForMoreReplicas: 1500,
          machineTypes: { gcp: 'db-custom-8-30720', azure: 'Standard_D8s_v3' },
        },
      },
    ]);
  });

  it('names the page of each row as it was, and that it is the older one', () => {
    const at = (version: string, name: string) => [
      `CVA, older reference architecture for ${name} users`,
      `https://github.com/coder/coder/blob/${version}/docs/admin/infrastructure/validated-architectures/${name}-users.md`,
    ];
    expect(
      LEGACY_TIER_ROWS.map(({ source }) => [source.title, source.url]),
    ).toEqual([
      at('4bee9e19ef14712cb27f14584d5424d1ee98d4da', '1k'),
      at('08b4aa4c5098b310b3e8624409856648af40f288', '2k'),
      at('d7964c7b3f1c787e7d50e8f4ff272f1b2acf8f32', '3k'),
    ]);
  });
});

describe('sources of a tier', () => {
  it('name the section of each part, on the page of the tier', () => {
    const sections = [...TIERS_2026, ...LEGACY_TIER_ROWS].map(
      ({ source, sources }) =>
        Object.values(sources).map(part => {
          expect(part).toEqual({ ...source, section: part.section });
          return part.section;
        }),
    );
    const newer = [
      ...['Limits', 'Coderd', 'Workspace proxies'],
      ...['Provisioners', 'Database', 'Workspaces'],
    ];
    const older = [
      ...['Hardware recommendations', 'Coderd nodes', 'Coderd nodes'],
      ...['Provisioner nodes', 'Database nodes', 'Workspace nodes'],
    ];
    expect(sections).toEqual([newer, newer, newer, newer, older, older, older]);
  });
});
