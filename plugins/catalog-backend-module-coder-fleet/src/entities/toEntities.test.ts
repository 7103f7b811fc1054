import {
  type Entity,
  componentEntityV1alpha1Validator,
  entityEnvelopeSchemaValidator,
  makeValidator,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import type { DeploymentRecord } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { recordOf } from '../__testUtils__/records';
import { fixedEntityRefs } from './names';
import { toEntities } from './toEntities';

const options = { domains: { retail: 'domain:default/shops' } };

function withRegions(name: string, regions: string[]): DeploymentRecord {
  const record = recordOf(name);
  const [home] = record.plan.provisioners;
  return {
    ...record,
    plan: {
      ...record.plan,
      provisioners: regions.map(region => ({ ...home, region })),
    },
  };
}

async function expectValid(entity: Entity): Promise<void> {
  expect(() => entityEnvelopeSchemaValidator()(entity)).not.toThrow();
  const validate = makeValidator();
  expect(validate.isValidEntityName(entity.metadata.name)).toBe(true);
  for (const [key, value] of Object.entries(
    entity.metadata.annotations ?? {},
  )) {
    expect(validate.isValidAnnotationKey(key)).toBe(true);
    expect(validate.isValidAnnotationValue(value)).toBe(true);
  }
  const kind =
    entity.kind === 'System'
      ? systemEntityV1alpha1Validator
      : componentEntityV1alpha1Validator;
  expect(await kind.check(entity)).toBe(true);
}

describe('toEntities', () => {
  it('gives a premium deployment a System, a control plane and provisioners', () => {
    const [system, controlPlane, provisioners] = toEntities(
      recordOf('aurora'),
      options,
    );
    expect(system).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'System',
      metadata: {
        name: 'aurora',
        title: 'Coder aurora',
        description:
          'Coder for business unit retail in eu-west, premium edition',
        annotations: {
          'backstage.io/managed-by-location': 'coder-fleet:aurora',
          'backstage.io/managed-by-origin-location': 'coder-fleet:aurora',
          'coder-fleet.io/business-unit': 'retail',
          'coder-fleet.io/deployment': 'aurora',
          'backstage.io/kubernetes-label-selector':
            'app.kubernetes.io/name=coder,app.kubernetes.io/instance=aurora',
          'backstage.io/kubernetes-namespace': 'coder-aurora',
          'backstage.io/kubernetes-cluster': 'cluster-eu',
        },
        links: [
          {
            url: 'https://aurora.example.com',
            title: 'Coder dashboard',
            icon: 'dashboard',
          },
        ],
      },
      spec: {
        type: 'coder-deployment',
        owner: 'group:default/team-retail',
        domain: 'domain:default/shops',
      },
    });
    expect(controlPlane).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'aurora-control-plane',
        annotations: {
          'coder-fleet.io/business-unit': 'retail',
          'coder-fleet.io/deployment': 'aurora',
          'coder-fleet.io/role': 'control-plane',
          'backstage.io/kubernetes-label-selector':
            'app.kubernetes.io/name=coder,app.kubernetes.io/instance=aurora',
        },
      },
      spec: {
        type: 'coder-control-plane',
        lifecycle: 'production',
        owner: 'group:default/team-retail',
        system: 'aurora',
      },
    });
    expect(provisioners).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'aurora-provisioners',
        annotations: {
          'coder-fleet.io/role': 'provisioners',
          'backstage.io/kubernetes-label-selector':
            'app.kubernetes.io/name=coder-provisioner,app.kubernetes.io/instance=aurora-provisioners-eu-west',
          'backstage.io/kubernetes-namespace': 'coder-aurora',
        },
      },
      spec: {
        type: 'coder-provisioners',
        system: 'aurora',
        dependsOn: ['component:default/aurora-control-plane'],
      },
    });
  });

  it('gives a community deployment no provisioners', () => {
    const entities = toEntities(
      recordOf('cygnus', { edition: 'community', users: { expected: 120 } }),
      options,
    );
    expect(entities.map(entity => stringifyEntityRef(entity))).toEqual([
      'system:default/cygnus',
      'component:default/cygnus-control-plane',
    ]);
  });

  it.each([
    ['a business unit that is not listed', 'finance'],
    ['a name that every object has', 'constructor'],
  ])('leaves the Domain out for %s', (_what, businessUnit) => {
    const [system] = toEntities(recordOf('aurora', { businessUnit }), options);
    expect(system.spec).not.toHaveProperty('domain');
  });

  it('does not change when the running thing does', () => {
    const record = recordOf('aurora');
    const seen: DeploymentRecord = {
      ...record,
      state: 'unreachable',
      stateReason: 'It does not answer',
      observedVersion: '2.30.0',
      lastSeen: '2026-10-02T00:00:00.000Z',
      repository: { type: 'directory', location: 'aurora', commit: 'abc' },
    };
    expect(toEntities(seen, options)).toEqual(toEntities(record, options));
  });

  it.each([
    ['template', '${{ 7*7 }} {{ x }}'],
    ['markup', '<img src=x onerror=alert(1)> "quoted" \'single\''],
    ['YAML', 'a: b # c, & * | >'],
    ['a boolean word', 'no'],
  ])('keeps %s in a display name as text', async (_what, displayName) => {
    const [system, controlPlane] = toEntities(
      recordOf('aurora', { displayName }),
      options,
    );
    expect(system.metadata.title).toBe(displayName);
    expect(controlPlane.metadata.title).toBe(`${displayName} control plane`);
    expect(system.metadata.description).not.toContain(displayName);
    await expectValid(system);
  });

  it('links only over http and https, and to a dashboard only over https', () => {
    const record = recordOf('aurora', {
      supportLinks: [
        { name: 'Docs', target: 'https://docs.example.com' },
        { name: 'Wiki', target: 'http://wiki.example.com' },
        { name: 'Mail', target: 'mailto:help@example.com' },
      ],
    });
    record.deployment.spec.accessUrl = 'http://aurora.example.com';
    const [system] = toEntities(record, options);
    expect(system.metadata.links).toEqual([
      { url: 'https://docs.example.com', title: 'Docs' },
      { url: 'http://wiki.example.com', title: 'Wiki' },
    ]);
  });

  it('gives entities that the catalog accepts, with the longest names too', async () => {
    const longest = 'n'.repeat(30);
    const record = withRegions(longest, [
      'eu-west',
      'r'.repeat(40),
      `${'r'.repeat(39)}x`,
    ]);
    const entities = toEntities(record, options);
    for (const entity of entities) {
      expect(entity.metadata.name.length).toBeLessThanOrEqual(63);
      await expectValid(entity);
    }
    const refs = entities.map(entity => stringifyEntityRef(entity));
    expect(new Set(refs).size).toBe(refs.length);
  });

  it('never gives two deployments an entity of the same name', () => {
    const refs = [
      withRegions('a', ['eu', 'b-provisioners', 'control-plane']),
      withRegions('a-provisioners', ['eu']),
      withRegions('a-provisioners-b', ['eu']),
    ]
      .flatMap(record => toEntities(record, options))
      .map(entity => stringifyEntityRef(entity));
    expect(new Set(refs).size).toBe(refs.length);
  });

  it('keeps the name of the first provisioners when regions are added', () => {
    const names = (record: DeploymentRecord) =>
      toEntities(record, options).map(entity => stringifyEntityRef(entity));
    const before = names(recordOf('aurora'));
    const after = names(withRegions('aurora', ['eu-west', 'us-east']));
    expect(after.slice(0, before.length)).toEqual(before);
    expect(before).toEqual(fixedEntityRefs('aurora'));
  });
});
