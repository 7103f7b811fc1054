import type { Config } from '@backstage/config';
import {
  type CompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { EntityOptions } from './entities';

/**
 * Share of the known entities that one synchronisation may remove, when the configuration does not
 * say.
 */
const DEFAULT_MAX_REMOVED_SHARE = 0.1;

/**
 * Reads `coderFleet.catalog`. Throws an `InputError` that names the key that is wrong.
 *
 * @internal
 */
export function readCatalogConfig(root: Config): {
  entities: EntityOptions;
  maxRemovedShare: number;
} {
  const config = root.getOptionalConfig('coderFleet.catalog');
  const domains = config?.getOptionalConfig('domains');
  const maxRemovedShare =
    config?.getOptionalNumber('maxRemovedShare') ?? DEFAULT_MAX_REMOVED_SHARE;
  if (maxRemovedShare < 0 || maxRemovedShare > 1) {
    throw new InputError(
      'coderFleet.catalog.maxRemovedShare must be between 0 and 1',
    );
  }
  return {
    entities: {
      domains: Object.fromEntries(
        (domains?.keys() ?? []).map(unit => [
          unit,
          domainRef(unit, domains!.getString(unit)),
        ]),
      ),
    },
    maxRemovedShare,
  };
}

function domainRef(businessUnit: string, ref: string): string {
  const domain = parsedDomain(ref);
  if (!domain) {
    throw new InputError(
      `coderFleet.catalog.domains.${businessUnit} must be the reference of a Domain, such as domain:default/retail`,
    );
  }
  return stringifyEntityRef(domain);
}

function parsedDomain(ref: string): CompoundEntityRef | undefined {
  try {
    const parsed = parseEntityRef(ref, { defaultKind: 'Domain' });
    return parsed.kind.toLowerCase() === 'domain' ? parsed : undefined;
  } catch {
    return undefined;
  }
}
