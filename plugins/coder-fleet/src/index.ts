/**
 * Coder Fleet for the classic frontend system.
 *
 * @packageDocumentation
 */

export { coderFleetApiRef } from './api';
export { CoderFleetIcon } from './components/CoderFleetIcon';
export { isCoderFleetAvailable } from './components/EntityCoderFleetCard/isCoderFleetAvailable';
export * from './plugin';
export * from './routes';
export {
  CoderFleetChoiceSchema,
  type CoderFleetChoiceUiOptions,
  type CoderFleetChoiceProps,
} from './scaffolder/CoderFleetChoice';
export {
  CoderFleetFieldSchema,
  type CoderFleetFieldUiOptions,
  type CoderFleetFieldProps,
} from './scaffolder/CoderFleetField';
export {
  CoderFleetListSchema,
  type CoderFleetListProps,
} from './scaffolder/CoderFleetList';
export {
  CoderFleetPlanSchema,
  type CoderFleetPlanUiOptions,
  type CoderFleetPlanProps,
} from './scaffolder/CoderFleetPlan';
export { coderFleetTranslationRef } from './translation';
