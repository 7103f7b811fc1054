import type { CatalogApi } from '@backstage/plugin-catalog-react';
import {
  type Choice,
  fieldProblem,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * The business units of the catalog, by name: its Domains. A Domain whose name cannot be that of a unit is
 * none.
 *
 * @internal
 */
export async function catalogUnits(
  catalog: Pick<CatalogApi, 'getEntities'>,
): Promise<Choice[]> {
  const { items } = await catalog.getEntities({
    filter: { kind: 'Domain' },
    fields: ['kind', 'metadata.name', 'metadata.title'],
  });
  return items
    .map(({ metadata: { name, title } }) => ({
      value: name,
      ...(title && { title }),
    }))
    .filter(({ value }) => !fieldProblem('businessUnit', value))
    .sort((a, b) => a.value.localeCompare(b.value));
}
