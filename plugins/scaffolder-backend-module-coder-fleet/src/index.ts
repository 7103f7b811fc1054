/**
 * Scaffolder actions that provision Coder deployments.
 *
 * @packageDocumentation
 */

export { scaffolderModuleCoderFleet as default } from './module';
