/**
 * Puts the deployments of Coder Fleet into the catalog.
 *
 * @packageDocumentation
 */

export { catalogModuleCoderFleet as default } from './module';
