import { CoderFleetChoice } from './CoderFleetChoice';
import { CoderFleetChoiceSchema } from './schema';
import { validateCoderFleetChoice } from './validation';

/**
 * The form field, as both frontend systems register it.
 *
 * @internal
 */
export const coderFleetChoiceOptions = {
  name: 'CoderFleetChoice',
  component: CoderFleetChoice,
  schema: CoderFleetChoiceSchema,
  validation: validateCoderFleetChoice,
};
