import type { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ANNOTATION_DEPLOYMENT } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { locationOf } from '../entities/names';

/**
 * An entity of ours in the catalog.
 *
 * @internal
 */
export type KnownEntity = { entityRef: string; deployment: string };

/**
 * The entities that the provider brought earlier, as the catalog has them: they survive a restart
 * and are the same for every replica.
 *
 * @internal
 */
export interface KnownEntities {
  all(): Promise<KnownEntity[]>;
  of(deployment: string): Promise<KnownEntity[]>;
}

/**
 * Asks the catalog itself. An entity from another source that names a deployment (the rendered
 * catalog-info.yaml) is not counted.
 *
 * @internal
 */
export class CatalogKnownEntities implements KnownEntities {
  readonly #catalog: Pick<CatalogService, 'streamEntities'>;
  readonly #auth: AuthService;

  constructor(options: {
    catalog: Pick<CatalogService, 'streamEntities'>;
    auth: AuthService;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  all(): Promise<KnownEntity[]> {
    return this.#read();
  }

  of(deployment: string): Promise<KnownEntity[]> {
    return this.#read(deployment);
  }

  async #read(deployment?: string): Promise<KnownEntity[]> {
    const pages = this.#catalog.streamEntities(
      {
        query: {
          [`metadata.annotations.${ANNOTATION_DEPLOYMENT}`]: deployment ?? {
            $exists: true,
          },
        },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const known: KnownEntity[] = [];
    for await (const entities of pages) {
      for (const entity of entities) {
        const annotations = entity.metadata.annotations ?? {};
        const owner = annotations[ANNOTATION_DEPLOYMENT];
        if (
          owner &&
          annotations[ANNOTATION_ORIGIN_LOCATION] === locationOf(owner)
        ) {
          known.push({
            entityRef: stringifyEntityRef(entity),
            deployment: owner,
          });
        }
      }
    }
    return known;
  }
}
