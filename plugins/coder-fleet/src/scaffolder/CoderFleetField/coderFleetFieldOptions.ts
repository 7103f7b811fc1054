import { CoderFleetField } from './CoderFleetField';
import { CoderFleetFieldSchema } from './schema';
import { validateCoderFleetField } from './validation';

/**
 * The form field, as both frontend systems register it.
 *
 * @internal
 */
export const coderFleetFieldOptions = {
  name: 'CoderFleetField',
  component: CoderFleetField,
  schema: CoderFleetFieldSchema,
  validation: validateCoderFleetField,
};
