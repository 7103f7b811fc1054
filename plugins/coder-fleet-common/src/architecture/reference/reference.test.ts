import type { Sourced } from '../source';
import { DATABASE_GUIDANCE } from './databaseGuidance';
import { DATABASE_INSTANCES } from './databaseInstances';
import { DATABASE_DISKS } from './disks';
import { BURSTABLE_CLASSES, NODE_CLASSES, burstableClass } from './nodeClasses';
import { SCALING } from './scaling';
import { SERVER_DEFAULTS } from './serverDefaults';
import { VOLUME_TYPES, volumeVerdict } from './volumes';
import { WORKSPACE_GUIDANCE } from './workspaceGuidance';

// Every figure here was typed from Coder's pages, not taken from the data.

/** Name, value and where it stands: page, section; then what other texts say. */
type Row = [name: string, value: number, source: string, ...others: string[]];

function rowsOf(table: Record<string, Sourced<number>>): Row[] {
  return Object.entries(table).map(([name, figure]) => [
    name,
    figure.value,
    place(figure.source),
    ...(figure.alternatives ?? []).map(
      ({ value, source }) => `${value}: ${place(source)}`,
    ),
  ]);
}

function place({ title, section }: { title: string; section?: string }) {
  return section ? `${title}, ${section}` : title;
}

const CVA_DATABASE = 'CVA, PostgreSQL database, Performance efficiency';
const TIER_PAGES = 'Coder Validated Architecture, Pages of the tiers';
const OLDER_PAGES = 'Coder Validated Architecture, Older pages of the tiers';
const FORMULAS = 'Coder docs, scale testing, Formulas';
const AVAILABILITY = 'Coder docs, scale Coder, Availability';
const OBSERVABILITY = 'Coder docs, scale Coder, Observability';

describe('reference data', () => {
  it('has the guidance for the database', () => {
    expect(rowsOf(DATABASE_GUIDANCE)).toEqual([
      ['minMajorVersion', 13, 'Coder docs, setup'],
      ['baselineUsers', 1000, CVA_DATABASE],
      ['baselineActiveShare', 0.3, CVA_DATABASE],
      ['baselineVcpu', 2, CVA_DATABASE],
      ['baselineMemoryGB', 8, CVA_DATABASE],
      ['baselineStorageGB', 512, CVA_DATABASE],
      ['baselineProvisioners', 100, CVA_DATABASE],
      ['vcpuPerStep', 2, CVA_DATABASE],
      ['activeUsersPerStep', 1000, CVA_DATABASE],
      ['maxLatencyMs', 10, CVA_DATABASE],
      [
        'healthThresholdMs',
        15,
        'Coder docs, options of the server, CODER_HEALTH_CHECK_THRESHOLD_DATABASE',
      ],
      [
        'connectionReserve',
        0.2,
        'Coder docs, scale Coder, Connections to PostgreSQL',
      ],
      ['vcpuPerReplicaForEncryption', 1, CVA_DATABASE],
    ]);
  });

  it('has the defaults of the server', () => {
    const options = 'Coder docs, options of the server';
    expect(rowsOf(SERVER_DEFAULTS)).toEqual([
      ['connectionsPerReplica', 10, `${options}, CODER_PG_CONN_MAX_OPEN`],
      ['openConnectionsPerIdle', 3, `${options}, CODER_PG_CONN_MAX_IDLE`],
      ['builtInProvisioners', 3, `${options}, CODER_PROVISIONER_DAEMONS`],
    ]);
  });

  it('has the formulas and limits of scaling', () => {
    expect(rowsOf(SCALING)).toEqual([
      ['runningShareOfUsers', 0.6, TIER_PAGES],
      ['buildShareOfUsers', 0.06, TIER_PAGES],
      ['usersPerControlPlaneVcpu', 250, FORMULAS],
      ['memoryGBPerControlPlaneVcpu', 2, FORMULAS],
      ['minControlPlaneVcpu', 1, FORMULAS],
      ['minControlPlaneMemoryGB', 2, FORMULAS],
      ['buildsPerProvisionerVcpu', 2, FORMULAS, `1: ${TIER_PAGES}`],
      ['memoryGBPerProvisionerVcpu', 1, FORMULAS],
      ['maxProvisionersPerMachine', 30, TIER_PAGES],
      ['builtInProvisionersMaxUsers', 100, TIER_PAGES],
      ['builtInProvisionersMaxBuilds', 10, TIER_PAGES],
      ['apiLatencyMs', 300, 'Coder docs, scale testing, Goals'],
      ['minReplicas', 3, AVAILABILITY],
      [
        'replicasToGoVertical',
        10,
        AVAILABILITY,
        '10: CVA, reference architecture for 10k users',
      ],
      ['maxReplicaLatencyMs', 10, AVAILABILITY],
      ['maxUserLatencyMs', 400, 'Coder docs, networking'],
      ['maxUserPacketLoss', 0.005, 'Coder docs, networking'],
      ['minLogRetentionDays', 30, OBSERVABILITY],
      ['preferredLogRetentionDays', 90, OBSERVABILITY],
      ['minMetricRetentionMonths', 6, OBSERVABILITY],
    ]);
  });

  it('has the guidance for workspaces', () => {
    expect(rowsOf(WORKSPACE_GUIDANCE)).toEqual([
      ['vcpu', 1, FORMULAS],
      ['memoryGB', 2, FORMULAS],
      ['agentVcpu', 0.1, TIER_PAGES],
      ['agentMemoryMB', 128, TIER_PAGES, `256: ${FORMULAS}`],
      ['nodeVcpu', 8, OLDER_PAGES],
      ['nodeMemoryGB', 32, OLDER_PAGES],
      ['maxPodsPerNode', 256, OLDER_PAGES],
      ['memoryGBPerUser', 2, OLDER_PAGES],
      ['scaleUpShare', 0.8, 'Coder docs, scale testing, Autoscaling'],
    ]);
  });

  it('has the cloud instances of the database', () => {
    const rows = DATABASE_INSTANCES.flatMap(row =>
      Object.entries(row.instances).flatMap(([cloud, instances]) =>
        instances.map(({ name, vcpu, memoryGB }) => [
          row.size,
          row.maxUsers,
          row.vcpu,
          cloud,
          name,
          vcpu,
          memoryGB,
        ]),
      ),
    );
    expect(rows).toEqual([
      ['small', 1000, 2, 'aws', 'db.m6i.large', 2, 8],
      ['small', 1000, 2, 'aws', 'db.r6i.large', 2, 16],
      ['small', 1000, 2, 'azure', 'Standard_D2s_v5', 2, 8],
      ['small', 1000, 2, 'azure', 'Standard_E2s_v5', 2, 16],
      ['small', 1000, 2, 'gcp', 'db-perf-optimized-N-2', 2, 16],
      ['medium', 2000, 4, 'aws', 'db.m6i.xlarge', 4, 16],
      ['medium', 2000, 4, 'aws', 'db.r6i.xlarge', 4, 32],
      ['medium', 2000, 4, 'azure', 'Standard_D4s_v5', 4, 16],
      ['medium', 2000, 4, 'azure', 'Standard_E4s_v5', 4, 32],
      ['medium', 2000, 4, 'gcp', 'db-perf-optimized-N-4', 4, 32],
      ['large', undefined, 8, 'aws', 'db.m6i.2xlarge', 8, 32],
      ['large', undefined, 8, 'aws', 'db.r6i.2xlarge', 8, 64],
      ['large', undefined, 8, 'azure', 'Standard_D8s_v5', 8, 32],
      ['large', undefined, 8, 'azure', 'Standard_E8s_v5', 8, 64],
      ['large', undefined, 8, 'gcp', 'db-perf-optimized-N-8', 8, 64],
    ]);
  });

  it('has the disks of the database', () => {
    expect(
      DATABASE_DISKS.map(({ cloud, name, use, minIops }) => [
        cloud,
        name,
        use,
        minIops,
      ]),
    ).toEqual([
      ['aws', 'gp3', 'recommended', 3000],
      ['aws', 'io1', 'high-demand', undefined],
      ['aws', 'io2', 'high-demand', undefined],
      ['azure', 'Premium SSD', 'recommended', undefined],
      ['azure', 'Standard SSD', 'development-only', undefined],
      ['gcp', 'SSD PD', 'recommended', undefined],
      ['gcp', 'HDD', 'development-only', undefined],
    ]);
  });

  it('has the families of machines', () => {
    expect(
      NODE_CLASSES.map(({ role, cloud, family }) => [role, cloud, family]),
    ).toEqual([
      ['controlPlane', 'aws', 'm5'],
      ['provisioners', 'aws', 'c5'],
      ['workspaces', 'aws', 'm5'],
      ['database', 'aws', 'db.m5'],
      ['controlPlane', 'gcp', 'n4'],
      ['controlPlane', 'aws', 'm8'],
      ['provisioners', 'gcp', 'n4'],
      ['provisioners', 'aws', 'm8'],
    ]);
  });

  it('gives every entry a page and a section or an anchor', () => {
    const entries = [
      ...DATABASE_INSTANCES,
      ...DATABASE_DISKS,
      ...NODE_CLASSES,
      ...BURSTABLE_CLASSES,
      ...VOLUME_TYPES,
    ];
    expect(entries.length).toBeGreaterThan(20);
    for (const { source } of entries) {
      expect(source.title).toMatch(/CVA|Coder Validated Architecture/);
      expect(source.url).toMatch(/^https:\/\/coder\.com\/docs\//);
      // A section, or an anchor of the page.
      expect(`${source.section ?? ''}${source.url}`).toMatch(/^[A-Z]|#/);
    }
  });
});

describe('burstableClass', () => {
  it.each([
    ['t3.large', 't'],
    ['t4g.micro', 't'],
    ['T2.medium', 't'],
    ['db.t3.medium', 'db.t'],
    ['db.t4g.large', 'db.t'],
    ['Standard_B2s', 'B-series'],
    ['Standard_B4ms', 'B-series'],
    ['B_Standard_B1ms', 'B-series'],
  ])('refuses %s', (type, family) => {
    expect(burstableClass(type)?.family).toBe(family);
  });

  it.each([
    'm5.large',
    'c5.2xlarge',
    't2d-standard-8',
    'trn1.2xlarge',
    'db.m6i.large',
    'Standard_D2s_v5',
    'n4-standard-8',
    '',
  ])('lets %s pass', type => {
    expect(burstableClass(type)).toBeUndefined();
  });
});

describe('volumeVerdict', () => {
  it.each([
    ['persistentVolumeClaim', 'validated'],
    ['nfs', 'validated'],
    ['subPath', 'validated'],
    ['cephfs', 'validated'],
    ['hostPath', 'refused'],
    ['local', 'refused'],
    ['emptyDir', 'unlisted'],
    ['toString', 'unlisted'],
  ])('says of %s: %s', (key, verdict) => {
    expect(volumeVerdict(key)).toBe(verdict);
  });
});
