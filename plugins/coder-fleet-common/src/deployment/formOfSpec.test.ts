import fc from 'fast-check';
import { deployment } from '../__testUtils__/deployments';
import { GOLDEN } from '../__testUtils__/golden';
import type { CoderDeployment } from './DeploymentSpec';
import { type DeploymentForm, specOfForm } from './form';
import { formOfSpec } from './formOfSpec';
import { toDeployment } from './parse';

const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });

const region = fc.record({
  cluster: fc.constantFrom('one', 'two'),
  share: optional(fc.constantFrom(0.1, 0.2)),
  proxyWildcardUrl: optional(fc.constant('*.apps.example.com')),
});

/** Forms as people leave them: filled in rightly, with answers of choices that they did not make. */
const forms: fc.Arbitrary<DeploymentForm> = fc
  .record({
    name: fc.constantFrom('aurora', 'lyra'),
    displayName: fc.constantFrom('Aurora', "It's: #1", '${{ 7 * 7 }}'),
    owner: fc.constant('group:default/team-retail'),
    businessUnit: fc.constant('retail'),
    edition: fc.constant('premium'),
    expectedUsers: fc.integer({ min: 1, max: 900 }),
    activeShare: fc.constantFrom(0.1, 0.6, undefined),
    runningWorkspaces: optional(fc.integer({ min: 1, max: 500 })),
    concurrentBuilds: optional(fc.integer({ min: 1, max: 50 })),
    aiAgents: fc.constantFrom(undefined, 0, 5),
    aiGateway: fc.constantFrom(undefined, false, true),
    workspaceCpu: fc.constantFrom(undefined, '', 1, 2),
    workspaceMemory: fc.constantFrom(undefined, 2, 4),
    region: fc.constant('home'),
    cluster: fc.constant('one'),
    accessUrl: fc.constantFrom(
      'https://a.example.com',
      'https://a.example.com/',
    ),
    wildcardUrl: fc.constantFrom(undefined, '', '*.a.example.com'),
    furtherRegions: optional(
      fc.array(region, { maxLength: 3 }).map(rows =>
        rows.map((row, index) => ({
          ...row,
          name: `far-${index}`,
          proxyAccessUrl: `https://far-${index}.example.com`,
        })),
      ),
    ),
    organizations: fc.constantFrom(undefined, [], ['research', 'labs']),
    exposure: fc.constantFrom(undefined, 'load-balancer', 'ingress', 'gateway'),
    ingressClass: fc.constantFrom(undefined, 'nginx'),
    gatewayName: fc.constant('public'),
    gatewayNamespace: fc.constant('gateways'),
    certificate: fc.constantFrom(undefined, 'none', 'secret', 'cert-manager'),
    tlsSecret: fc.constantFrom(undefined, 'coder-tls', 'mine'),
    tlsIssuer: fc.constant('letsencrypt'),
    databaseType: fc.constantFrom(
      undefined,
      'external',
      'cloudnative-pg',
      'rds',
      'azure',
    ),
    databaseVersion: fc.constantFrom(undefined, 15, 17),
    databaseSecretName: fc.constant('db'),
    databaseSecretKey: fc.constant('url'),
    databaseHighlyAvailable: fc.constantFrom(undefined, true, false),
    databaseStorageClass: fc.constantFrom(undefined, 'fast'),
    databaseObjectStore: fc.constantFrom(undefined, 's3://backups/a'),
    databaseObjectStoreEndpoint: fc.constantFrom(
      undefined,
      'https://minio.example.com',
    ),
    databaseEncryption: fc.constantFrom(undefined, true, false),
    backupSchedule: fc.constant('0 2 * * *'),
    backupRetentionDays: fc.constantFrom(undefined, 7),
    backupDrillSchedule: fc.constantFrom(undefined, '', '0 4 * * 1'),
  })
  .chain(form =>
    fc
      .record({
        backupDestination: fc.constantFrom(undefined, 'volume', 'rclone'),
        backupImage: fc.constantFrom(
          undefined,
          'registry.example.com/coder-fleet-backup:17',
        ),
        backupVolumeSize: fc.constantFrom(undefined, '200Gi'),
        backupRemote: fc.constant('s3:backups/dumps'),
        releaseBy: fc.constantFrom(undefined, 'channel', 'version'),
        channel: fc.constantFrom('stable', 'esr'),
        version: fc.constant('2.36.5'),
        delivery: fc.constantFrom(undefined, 'helm', 'argo-cd', 'flux'),
        repositoryUrl: fc.constant('https://git.example.com/a/b'),
        observability: fc.constantFrom(
          undefined,
          'annotations',
          'prometheus-operator',
        ),
        logstream: fc.constantFrom(undefined, true, false),
        registry: fc.constantFrom(undefined, 'registry.example.com'),
        chartRepository: fc.constantFrom(
          undefined,
          'https://charts.example.com/coder',
        ),
        pullSecret: fc.constantFrom(undefined, 'pull'),
        supportLinks: fc.constantFrom(
          undefined,
          [],
          [{ name: 'Help', target: 'https://help.example.com', icon: 'chat' }],
        ),
      })
      .map(rest => ({ ...form, ...rest })),
  );

const deploymentOf = (form: DeploymentForm): CoderDeployment =>
  toDeployment({ name: form.name, spec: specOfForm(form) });

const answersOf = ({ metadata, spec }: CoderDeployment) =>
  formOfSpec(metadata.name, spec);

describe('formOfSpec', () => {
  it('is the way back: the answers give the same deployment, whatever was answered', () => {
    fc.assert(
      fc.property(forms, form => {
        const asked = deploymentOf(form);
        const { form: answers, beyond } = answersOf(asked);
        expect(deploymentOf(answers)).toEqual(asked);
        expect(beyond).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('answers where the template would answer otherwise by itself', () => {
    expect(answersOf(deployment()).form).toMatchObject({
      aiAgents: 0,
      aiGateway: false,
      certificate: 'none',
      databaseEncryption: false,
      databaseHighlyAvailable: false,
      furtherRegions: [],
      logstream: false,
      organizations: [],
    });
  });

  it.each([
    ['air-gapped', ['backup.destination.storageClass']],
    ['large', []],
    ['multi-region', ['regions.eu-west.share']],
    ['small', []],
  ])('says what the form cannot ask of the example %s', (name, paths) => {
    const golden = new Map(GOLDEN).get(name)!;
    expect(answersOf(golden).beyond).toEqual(
      [
        ...paths,
        'backup.report.tokenSecret.key',
        'backup.report.tokenSecret.name',
        'backup.report.url',
      ]
        .map(path => `spec.${path}`)
        .sort(),
    );
  });

  it('knows every example', () => {
    expect(GOLDEN.map(([name]) => `${name}.yaml`).sort()).toEqual([
      'air-gapped.yaml',
      'large.yaml',
      'multi-region.yaml',
      'small.yaml',
    ]);
  });

  it('names fields that nobody knows, and what no answer says', () => {
    const { beyond } = answersOf(
      deployment({
        costCentre: '4711',
        workspaces: { cpu: 8, nodeShape: { cpu: 64, memoryGiB: 256 } },
        regions: [{ name: 'eu-west', cluster: 'eu-west-1', zone: 'b' }],
      }),
    );
    expect(beyond).toEqual([
      'spec.costCentre',
      'spec.regions.eu-west.zone',
      'spec.workspaces.nodeShape.cpu',
      'spec.workspaces.nodeShape.memoryGiB',
    ]);
  });
});
