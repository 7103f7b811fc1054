export { coderFleetFieldOptions } from './coderFleetFieldOptions';
export {
  CoderFleetFieldSchema,
  type CoderFleetFieldProps,
  type CoderFleetFieldUiOptions,
} from './schema';
