import { CoderFleetList } from './CoderFleetList';
import { CoderFleetListSchema } from './schema';
import { validateCoderFleetList } from './validation';

/**
 * The form field, as both frontend systems register it.
 *
 * @internal
 */
export const coderFleetListOptions = {
  name: 'CoderFleetList',
  component: CoderFleetList,
  schema: CoderFleetListSchema,
  validation: validateCoderFleetList,
};
