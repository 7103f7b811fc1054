import type { Entity } from '@backstage/catalog-model';
import { ANNOTATION_DEPLOYMENT } from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * Whether an entity belongs to a deployment.
 *
 * @public
 */
export const isCoderFleetAvailable = (entity: Entity): boolean =>
  Boolean(entity.metadata.annotations?.[ANNOTATION_DEPLOYMENT]);
