import { ConfigReader } from '@backstage/config';
import { readCatalogConfig } from './config';

const read = (catalog: Record<string, unknown>) =>
  readCatalogConfig(new ConfigReader({ coderFleet: { catalog } } as never));

describe('readCatalogConfig', () => {
  it('needs no configuration', () => {
    expect(readCatalogConfig(new ConfigReader({}))).toEqual({
      entities: { domains: {} },
      maxRemovedShare: 0.1,
    });
  });

  it('completes references of Domains', () => {
    expect(
      read({ domains: { retail: 'shops', finance: 'domain:corp/money' } }),
    ).toEqual({
      entities: {
        domains: {
          retail: 'domain:default/shops',
          finance: 'domain:corp/money',
        },
      },
      maxRemovedShare: 0.1,
    });
  });

  it.each([
    [{ domains: { retail: 'a:b:c' } }, 'coderFleet.catalog.domains.retail'],
    [{ domains: { retail: 'group:x' } }, 'coderFleet.catalog.domains.retail'],
    [{ maxRemovedShare: 1.5 }, 'coderFleet.catalog.maxRemovedShare'],
    [{ maxRemovedShare: -1 }, 'coderFleet.catalog.maxRemovedShare'],
  ])('names the key that is wrong in %j', (catalog, key) => {
    expect(() => read(catalog)).toThrow(key);
  });
});
