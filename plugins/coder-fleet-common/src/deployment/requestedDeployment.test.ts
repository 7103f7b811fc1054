import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployment } from '../__testUtils__/deployments';
import type { CoderDeployment } from './DeploymentSpec';
import type { DeploymentForm } from './form';
import { formOfSpec } from './formOfSpec';
import { parseDeployment, parseDeploymentFile } from './parse';
import { requestedDeployment } from './requestedDeployment';

const PORTAL = 'https://portal.example.com/api/coder-fleet';

const answersOf = ({ metadata, spec }: CoderDeployment) =>
  formOfSpec(metadata.name, spec).form;

function changed(present: CoderDeployment, answers: DeploymentForm = {}) {
  return requestedDeployment({
    form: { ...answersOf(present), ...answers },
    present,
  });
}

describe('requestedDeployment', () => {
  it('is what the form asks for, where nothing is registered', () => {
    const present = deployment();
    expect(requestedDeployment({ form: answersOf(present) })).toEqual({
      deployment: present,
      kept: [],
    });
  });

  it('takes over nothing of a deployment of another name', () => {
    const form = answersOf(deployment({}, 'lyra'));
    const present = deployment({ costCentre: '4711' });
    expect(requestedDeployment({ form, present })).toEqual({
      deployment: deployment({}, 'lyra'),
      kept: [],
    });
  });

  it.each(['air-gapped', 'large', 'multi-region', 'small'])(
    'changes nothing of the example %s when nobody changes an answer',
    name => {
      const golden = parseDeploymentFile(
        readFileSync(
          join(__dirname, `../../../../examples/golden/${name}.yaml`),
          'utf8',
        ),
      );
      // The share of the first region is the rest: it is the same without it
      const [home, ...further] = golden.spec.regions;
      const { share, ...rest } = home;
      const regions = further.length > 0 ? [rest, ...further] : [home];
      expect(changed(golden).deployment).toEqual({
        ...golden,
        spec: { ...golden.spec, regions },
      });
    },
  );

  it('keeps what the form has no question for, and says so', () => {
    const present = parseDeployment({
      ...deployment({
        costCentre: '4711',
        workspaces: { nodeShape: { cpu: 64, memoryGiB: 256 } },
        regions: [{ name: 'eu-west', cluster: 'eu-west-1', zone: 'b' }],
        database: {
          type: 'external',
          encryption: {
            enabled: true,
            keysSecret: { name: 'mine', key: 'keys' },
          },
        },
      }),
      metadata: { name: 'aurora', labels: { team: 'retail' } },
    });
    const answers = { expectedUsers: 900, cluster: 'eu-west-2' };
    const { deployment: now, kept } = changed(present, answers);
    const { spec } = present;
    expect(now).toEqual({
      ...present,
      spec: {
        ...spec,
        users: { ...spec.users, expected: 900 },
        regions: [{ ...spec.regions[0], cluster: 'eu-west-2' }],
      },
    });
    expect(kept).toEqual([
      'metadata.labels.team',
      'spec.costCentre',
      'spec.database.encryption.keysSecret.name',
      'spec.regions',
      'spec.workspaces.nodeShape.cpu',
      'spec.workspaces.nodeShape.memoryGiB',
    ]);
  });

  it('lets go what the person takes away, with all that belongs to it', () => {
    const far = { name: 'far', cluster: 'far-1', zone: 'c' };
    const present = deployment({
      workspaces: { cpu: 8, nodeShape: { cpu: 64, memoryGiB: 256 } },
      regions: [
        { name: 'eu-west', cluster: 'eu-west-1', zone: 'b' },
        { ...far, proxy: { accessUrl: 'https://far.example.com' } },
      ],
      exposure: {
        type: 'ingress',
        tls: { issuer: { name: 'own', kind: 'Issuer' } },
      },
      database: {
        type: 'external',
        encryption: { enabled: true, keysSecret: { name: 'mine', key: 'k' } },
      },
    });
    const { spec } = changed(present, {
      furtherRegions: [],
      workspaceCpu: undefined,
      certificate: 'none',
      databaseEncryption: false,
    }).deployment;
    expect(spec.regions).toEqual([present.spec.regions[0]]);
    expect(spec.workspaces).toEqual({ nodeShape: { cpu: 64, memoryGiB: 256 } });
    expect(spec.exposure).toEqual({ type: 'ingress' });
    expect(spec.database).not.toHaveProperty('encryption');
  });

  it('takes nothing of one choice over into another', () => {
    const present = deployment({
      database: {
        type: 'cloudnative-pg',
        connectionSecret: { name: 'mine', key: 'uri' },
      },
      backup: {
        schedule: '0 2 * * *',
        destination: { type: 'volume', storageClass: 'archive' },
      },
    });
    const { spec } = changed(present, {
      databaseType: 'rds',
      databaseSecretName: 'rds',
      databaseSecretKey: 'url',
      backupDestination: 'rclone',
      backupRemote: 's3:dumps/a',
    }).deployment;
    expect(spec.database.connectionSecret).toEqual({ name: 'rds', key: 'url' });
    expect(spec.backup.destination).toMatchObject({ type: 'rclone' });
    expect(spec.backup.destination).not.toHaveProperty('storageClass');
    expect(changed(present).deployment).toEqual(present);
  });

  it('keeps annotations for the kind of object that they were written for', () => {
    const annotations = { 'example.com/internal': 'true' };
    const present = deployment({ exposure: { type: 'ingress', annotations } });
    expect(changed(present, { ingressClass: 'web' })).toMatchObject({
      deployment: {
        spec: { exposure: { type: 'ingress', className: 'web', annotations } },
      },
      kept: ['spec.exposure.annotations.example.com/internal'],
    });
    for (const [answers, exposure] of [
      [
        { exposure: 'load-balancer', certificate: 'secret' },
        { type: 'load-balancer', tls: { secret: 'coder-tls' } },
      ],
      [
        { exposure: 'gateway', gatewayName: 'a', gatewayNamespace: 'b' },
        { type: 'gateway', gateway: { name: 'a', namespace: 'b' } },
      ],
    ] as const) {
      const now = changed(present, answers);
      expect(now.deployment.spec.exposure).toEqual(exposure);
      expect(now.kept).toEqual([]);
    }
  });

  it('keeps the share of the first region only where another one has none', () => {
    const far = (name: string, share?: number) => ({
      name,
      cluster: name,
      ...(share && { share }),
      proxy: { accessUrl: `https://${name}.example.com` },
    });
    const home = { name: 'home', cluster: 'home', share: 0.5 };
    const half = deployment({ regions: [home, far('a'), far('b')] });
    expect(changed(half).deployment).toEqual(half);
    const alone = changed(half, { furtherRegions: [] }).deployment;
    expect(alone.spec.regions).toEqual([{ name: 'home', cluster: 'home' }]);
    const split = deployment({ regions: [home, far('a', 0.5)] });
    const row = {
      name: 'a',
      cluster: 'a',
      share: 0.7,
      proxyAccessUrl: 'https://a.example.com',
    };
    expect(
      changed(split, { furtherRegions: [row] }).deployment.spec.regions,
    ).toMatchObject([{ name: 'home' }, { name: 'a', share: 0.7 }]);
  });

  it('lets backup jobs report to the portal, and leaves those that report', () => {
    const present = deployment();
    const form = answersOf(present);
    const first = requestedDeployment({ form, reportsBaseUrl: PORTAL });
    expect(first.deployment.spec.backup.report?.url).toBe(
      `${PORTAL}/deployments/aurora`,
    );
    const again = requestedDeployment({
      form,
      present: first.deployment,
      reportsBaseUrl: PORTAL,
    });
    expect(again).toEqual({ deployment: first.deployment, kept: [] });
    const moved = requestedDeployment({
      form,
      present: first.deployment,
      reportsBaseUrl: 'https://new.example.com/api/coder-fleet',
    });
    expect(moved).toEqual({
      deployment: first.deployment,
      kept: ['spec.backup.report.url'],
    });
  });

  it('says of a spec that is only right with what was kept what that is', () => {
    const present = deployment({
      workspaces: { cpu: 40, nodeShape: { cpu: 64, memoryGiB: 256 } },
    });
    expect(changed(present)).toEqual({
      deployment: present,
      kept: [
        'spec.workspaces.nodeShape.cpu',
        'spec.workspaces.nodeShape.memoryGiB',
      ],
    });
  });

  it('throws what is wrong with the answers', () => {
    expect(() => changed(deployment(), { expectedUsers: 20_000 })).toThrow(
      /spec\.users\.expected/,
    );
    expect(() =>
      requestedDeployment({ form: { name: 'aurora' }, present: deployment() }),
    ).toThrow(/spec\.displayName/);
  });

  it('is not led astray by names that objects have', () => {
    const present = parseDeployment(
      JSON.parse(
        JSON.stringify(deployment()).replace(
          '"edition"',
          '"constructor":{"toString":1},"edition"',
        ),
      ),
    );
    expect(changed(present).deployment).toEqual(present);
  });
});
