import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { recordOf } from '../__testUtils__/records';
import { toEntities } from '../entities';
import { CatalogKnownEntities } from './KnownEntities';

const configuration: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'aurora-configuration',
    annotations: {
      'coder-fleet.io/deployment': 'aurora',
      'backstage.io/managed-by-origin-location':
        'url:https://git.example.com/aurora',
    },
  },
};

const unrelated: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'payments' },
};

function setup() {
  return new CatalogKnownEntities({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({
      entities: [
        ...toEntities(recordOf('aurora'), { domains: {} }),
        ...toEntities(recordOf('borealis'), { domains: {} }),
        configuration,
        unrelated,
      ],
    }),
  });
}

describe('CatalogKnownEntities', () => {
  it('knows the entities that came from here, and no others', async () => {
    const known = await setup().all();
    expect(known.map(({ entityRef }) => entityRef).sort()).toEqual([
      'component:default/aurora-control-plane',
      'component:default/aurora-provisioners',
      'component:default/borealis-control-plane',
      'component:default/borealis-provisioners',
      'system:default/aurora',
      'system:default/borealis',
    ]);
  });

  it('knows those of one deployment', async () => {
    const known = await setup().of('borealis');
    expect(known).toEqual(
      [
        'system:default/borealis',
        'component:default/borealis-control-plane',
        'component:default/borealis-provisioners',
      ].map(entityRef => ({ entityRef, deployment: 'borealis' })),
    );
  });
});
