export { coderFleetChoiceOptions } from './coderFleetChoiceOptions';
export {
  CoderFleetChoiceSchema,
  type CoderFleetChoiceProps,
  type CoderFleetChoiceUiOptions,
} from './schema';
