export { coderFleetFieldOptions } from './coderFleetFieldOptions';
export { CoderFleetFieldSchema, type CoderFleetFieldProps } from './schema';
