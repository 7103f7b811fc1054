import { CoderFleetPlan } from './CoderFleetPlan';
import { CoderFleetPlanSchema } from './schema';
import { validateCoderFleetPlan } from './validation';

/**
 * The field, as both frontend systems register it.
 *
 * @internal
 */
export const coderFleetPlanOptions = {
  name: 'CoderFleetPlan',
  component: CoderFleetPlan,
  schema: CoderFleetPlanSchema,
  validation: validateCoderFleetPlan,
};
