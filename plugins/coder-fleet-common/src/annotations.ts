/**
 * The plugin id: runtime id, package metadata and `/api` path alike.
 *
 * @public
 */
export const PLUGIN_ID = 'coder-fleet';

/**
 * Prefix of every annotation, API version and node label that this project owns.
 *
 * @public
 */
export const ANNOTATION_PREFIX = 'coder-fleet.io';

/**
 * On catalog entities: the name of the deployment that an entity belongs to.
 *
 * @public
 */
export const ANNOTATION_DEPLOYMENT = `${ANNOTATION_PREFIX}/deployment`;

/**
 * On catalog entities: which part of the deployment an entity is: `control-plane` or `provisioners`.
 *
 * @public
 */
export const ANNOTATION_ROLE = `${ANNOTATION_PREFIX}/role`;

/**
 * On catalog entities: the business unit that the deployment belongs to.
 *
 * @public
 */
export const ANNOTATION_BUSINESS_UNIT = `${ANNOTATION_PREFIX}/business-unit`;
