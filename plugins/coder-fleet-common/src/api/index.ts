export * from './CoderFleetClient';
export { openApiDocument } from './openapi';
export * from './types';
