export { coderFleetListOptions } from './coderFleetListOptions';
export { CoderFleetListSchema, type CoderFleetListProps } from './schema';
