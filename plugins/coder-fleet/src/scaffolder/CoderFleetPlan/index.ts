export { coderFleetPlanOptions } from './coderFleetPlanOptions';
export {
  CoderFleetPlanSchema,
  type CoderFleetPlanProps,
  type CoderFleetPlanUiOptions,
} from './schema';
